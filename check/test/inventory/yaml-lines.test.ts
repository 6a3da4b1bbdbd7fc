import { sourceOf } from '../../src/inventory/source';
import { readLocated } from '../../src/inventory/yaml-lines';

type Path = (string | number)[];
/** Lines of places in a file, from 1. */
const linesOf = (text: string, ...paths: Path[]): number[] => {
  const { documents } = sourceOf('f.yaml', text);
  return paths.map((path) => documents.at(-1)!.lineOf(path));
};

describe('the line of a document', () => {
  test.each<[string, string, number]>([
    ['a single value', 'seven\n', 1],
    ['a single value below comments', '# one\n\n  # two\nseven\n', 4],
    ['a number behind a separator', 'a: 1\n---\n# one\n7\n', 4],
    ['a value on the line of the separator', 'a: 1\n--- seven\n', 2],
    ['a list below a comment', '# one\n- a\n- b\n', 2],
    ['a list that is empty', '# one\n\n[]\n', 3],
    ['a map that is empty', '# one\n\n{}\n', 3],
    ['a map', '# one\n\nkind: A\n', 3],
    ['a map in braces', '\n\n{\n\n  kind: A }\n', 3],
    ['a text of several lines', '# one\n>\n  a\n  b\n', 2],
    ['a comment without an end of line', 'seven # 7', 1],
    ['a text that cannot be read', '# one\n\na: b: c\n', 1],
  ])('is that on which %s starts: %j', (_, text, line) => {
    expect(linesOf(text, [])).toEqual([line]);
  });
});

describe('the line of a place', () => {
  test('is that of its key, and of the member of a list', () => {
    const text = `# first
kind: A

spec:   # what it is
  # a list
  list:

  - one
  # two
  -
    name: two
    "deep key": { 'x': 1,
      z: 2 }
  - - inner
    - last
  text: |
    a: 1
    b: 2
  7: seven
  'quoted': yes
  plain text : spaced
  end: no
`;
    expect(
      linesOf(
        text,
        ['kind'],
        ['spec'],
        ['spec', 'list'],
        ['spec', 'list', 0],
        ['spec', 'list', 1],
        ['spec', 'list', 1, 'name'],
        ['spec', 'list', 1, 'deep key'],
        ['spec', 'list', 1, 'deep key', 'x'],
        ['spec', 'list', 1, 'deep key', 'z'],
        ['spec', 'list', 2, 0],
        ['spec', 'list', 2, 1],
        ['spec', 'text'],
        ['spec', '7'],
        ['spec', 'quoted'],
        ['spec', 'plain text'],
        ['spec', 'end'],
      ),
    ).toEqual([2, 4, 6, 8, 11, 11, 12, 12, 13, 14, 15, 16, 19, 20, 21, 22]);
  });

  test('is that of the nearest place above it that is there', () => {
    const text = 'kind: A\nspec:\n  list:\n  - a\n  none:\n';
    expect(
      linesOf(
        text,
        ['metadata', 'name'],
        ['spec', 'x', 'y'],
        ['spec', 'list', 4],
        ['spec', 'list', 0, 'x'],
        ['spec', 'list', 'x'],
        ['spec', 'none', 'x', 'y'],
        ['kind', 0],
      ),
    ).toEqual([1, 2, 3, 4, 3, 5, 1]);
  });

  test('in what is empty is that of what is empty', () => {
    const text = 'kind: A\nmap: {}\nlist: []\nbase: &base {}\nagain: *base\n';
    expect(linesOf(text, ['map', 'x'], ['list', 0], ['again', 'x', 'z'])).toEqual([2, 3, 5]);
    expect(linesOf('\n{}\n', ['x'])).toEqual([2]);
  });

  test('counts from the top of a file with Windows line ends, tabs and comments at the end of lines', () => {
    expect(linesOf('kind: A # a\r\n\t\r\nspec: # {x: 1}\r\n  x:\t# here\r\n    z: 1\r\n', ['spec', 'x', 'z'])).toEqual([
      5,
    ]);
  });

  test('of JSON is that of the key', () => {
    const text = '{\n  "kind": "A",\n  "spec": {\n    "list": [\n      1,\n      { "a":\n 2 }\n    ]\n  }\n}\n';
    expect(linesOf(text, ['kind'], ['spec', 'list'], ['spec', 'list', 1], ['spec', 'list', 1, 'a'])).toEqual([
      2, 4, 6, 6,
    ]);
  });

  test('of what an alias repeats is where it was first', () => {
    const text = 'base: &base\n  x: 1\nfirst:\n  <<: *base\n  z: 2\nsecond: *base\n';
    expect(linesOf(text, ['first', 'z'], ['second'], ['second', 'x'])).toEqual([5, 6, 2]);
  });
});

describe('keys that are there twice', () => {
  const twice = (text: string) => readLocated(text).duplicates;

  test('are all said, with the first line and each later one', () => {
    expect(twice('a: 1\nb: 1\na: 2\nb:\n  c: 1\n  c: 2\na: 3\n')).toEqual([
      { key: 'c', first: 4, second: 5 },
      { key: 'a', first: 0, second: 2 },
      { key: 'b', first: 1, second: 3 },
      { key: 'a', first: 0, second: 6 },
    ]);
  });

  test('are not those of other maps, of lists, or that merge others', () => {
    expect(twice('a: { x: 1 }\nb: { x: 1 }\nc: [x, x]\n')).toEqual([]);
    expect(twice('a: &a { x: 1 }\nb: &b { y: 1 }\nc:\n  <<: *a\n  <<: *b\n')).toEqual([]);
    expect(twice('a: b\nc: "a: b"\n')).toEqual([]);
  });
});

test('an empty text has no value and starts at once', () => {
  expect(readLocated('')).toMatchObject({ value: undefined, start: 0, duplicates: [] });
});

test('a document deeper than any manifest is not read', () => {
  const deep = (depth: number): string => `${'['.repeat(depth)}1${']'.repeat(depth)}`;
  expect(readLocated(deep(150)).value).toBeInstanceOf(Array);
  expect(() => readLocated(deep(250))).toThrow();
});
