import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { readPaths } from '../../src/inventory/read-paths';
import { manifestFiles, readSource, sourceOf } from '../../src/inventory/source';

describe('files', () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'cdk8s-ml-source-'));
    for (const folder of ['a', 'a/deep', 'a/node_modules', 'a/.git', 'empty']) mkdirSync(join(root, folder));
    const files = ['a/z.yaml', 'a/b.yml', 'a/C.JSON', 'a/notes.txt', 'a/x.yaml.bak', 'a/package.json', 'a/cdk8s.yaml'];
    for (const file of [...files, 'a/deep/d.json', 'a/node_modules/n.yaml', 'a/.git/g.yaml', 'plain']) {
      writeFileSync(join(root, file), 'kind: A\n');
    }
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test('are those of a folder and the folders in it that hold manifests, in order', () => {
    const found = manifestFiles([join(root, 'a')]).map((file) => relative(root, file));
    expect(found).toEqual(['a/C.JSON', 'a/b.yml', 'a/deep/d.json', 'a/z.yaml']);
  });

  test('that are named are read whatever they are called', () => {
    const paths = [join(root, 'plain'), '-', join(root, 'gone.yaml'), join(root, 'a', 'package.json')];
    expect(manifestFiles(paths)).toEqual(paths);
    expect(readSource(join(root, 'plain')).documents[0].value).toEqual({ kind: 'A' });
  });

  test('that are not there, or cannot be read, say so', () => {
    expect(readSource(join(root, 'gone.yaml'))).toEqual({
      file: join(root, 'gone.yaml'),
      documents: [],
      problem: { trouble: 'unreadable-file', line: 1, message: 'cannot be read: there is no such file or folder' },
    });
    expect(readSource(root).problem?.message).toMatch(/^cannot be read: EISDIR/);
  });

  test('are read once each, whatever the way to them', () => {
    const a = join(root, 'a');
    const read = readPaths([join(a, 'z.yaml'), a, join(a, 'deep', '..', 'z.yaml')]);
    expect(read.map(({ file }) => relative(root, file))).toEqual(['a/z.yaml', 'a/C.JSON', 'a/b.yml', 'a/deep/d.json']);
  });

  test('that are no manifests are left out, and who watches is told of each', () => {
    const told: [number, number][] = [];
    const read = readPaths([join(root, 'a', 'deep'), join(root, 'a')], {
      except: [join(root, 'a', 'b.yml'), join(root, 'a', 'deep', '..', 'C.JSON')],
      watch: (...each) => told.push(each),
    });
    expect(read.map(({ file }) => relative(root, file))).toEqual(['a/deep/d.json', 'a/z.yaml']);
    expect(told).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  test('of a folder without any are said to be missing, and the rest is read', () => {
    const [empty, plain] = readPaths([join(root, 'empty'), join(root, 'plain')]);
    const message = 'holds no file that ends in .yaml, .yml or .json';
    expect(empty).toEqual({
      file: join(root, 'empty'),
      documents: [],
      problem: { trouble: 'unreadable-file', line: 1, message },
    });
    expect(plain.documents).toHaveLength(1);
  });

  test('of a path that no file can have are said to be unreadable', () => {
    const [source] = readPaths(['a\0b']);
    expect(source).toMatchObject({ file: 'a\0b', documents: [], problem: { trouble: 'unreadable-file', line: 1 } });
    expect(source.problem?.message).toMatch(/^cannot be read: /);
  });
});

describe('content', () => {
  test('has its documents numbered and a byte order mark taken off', () => {
    const { documents, problem } = sourceOf('f.yaml', '\uFEFFa: 1\n---\n\n---\nb: 2\n');
    expect(documents.map(({ file, number, value }) => [file, number, value])).toEqual([
      ['f.yaml', 1, { a: 1 }],
      ['f.yaml', 2, { b: 2 }],
    ]);
    expect(problem).toBeUndefined();
  });

  test('of bytes is UTF-8, with or without a mark, or is said not to be', () => {
    expect(sourceOf('f', Buffer.from('\uFEFFname: Zoë\n')).documents[0].value).toEqual({ name: 'Zoë' });
    expect(sourceOf('f', Buffer.from([0x61, 0xff]))).toEqual({
      file: 'f',
      documents: [],
      problem: { trouble: 'not-utf8', line: 1, message: expect.stringMatching(/is not UTF-8/) },
    });
  });

  test('that is empty is a problem on standard input alone', () => {
    expect(sourceOf('-', ' \n\t\n')).toMatchObject({ file: '-', documents: [], problem: { line: 1 } });
    expect(sourceOf('f.yaml', ' \n').problem).toBeUndefined();
    expect(sourceOf('-', 'a: 1\n')).toMatchObject({ documents: [{ value: { a: 1 } }] });
    expect(sourceOf('-', 'a: 1\n').problem).toBeUndefined();
  });
});
