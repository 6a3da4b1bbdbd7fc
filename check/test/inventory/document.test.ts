import { sourceOf } from '../../src/inventory/source';
import { resourcesIn } from '../../src/inventory/resource';

const read = (text: string) => sourceOf('f.yaml', text);
const only = (text: string) => {
  const { documents } = read(text);
  expect(documents).toHaveLength(1);
  return documents[0];
};

test('plain scalars are what the API server takes them for', () => {
  const text = 'a: [yes, No, on, y, 010, 0x50, 1_000, 0b101, 0o17, 1:30, 2024-01-01, "yes", ~, 1e3, .5, +1]';
  expect(only(text).value).toEqual({
    a: [true, false, true, true, 8, 80, 1000, 5, 15, '1:30', '2024-01-01', 'yes', null, 1000, 0.5, 1],
  });
});

test('documents are split where a line starts with three hyphens, and lines count from the top of the file', () => {
  const { documents } = read(
    '# only a comment\n---\nkind: A\nspec:\n  x: 1\n---\n\n---\r\nkind: B\r\n\r\nspec: {x: 2}\r\n',
  );
  const values = documents.filter(({ value }) => value !== undefined);
  expect(values.map(({ value }) => value)).toEqual([
    { kind: 'A', spec: { x: 1 } },
    { kind: 'B', spec: { x: 2 } },
  ]);
  expect(values.map((document) => document.lineOf(['spec', 'x']))).toEqual([5, 11]);
});

test('a line is that of the nearest place that is there', () => {
  const document = only('kind: A\nspec:\n  list:\n  - name: one\n  - name: two\n    more: {deep: 1}\n');
  expect(document.lineOf(['spec', 'list', 1, 'more', 'deep'])).toBe(6);
  expect(document.lineOf(['spec', 'list', 1])).toBe(5);
  expect(document.lineOf(['spec', 'missing', 'x'])).toBe(2);
  expect(document.lineOf(['spec', 'list', 0, 'name'])).toBe(4);
});

test('a key that is there twice is said with both lines, and the last one counts', () => {
  const document = only('kind: A\nspec:\n  x: 1\n  "x": 2\n');
  expect(document.problems).toEqual([
    { trouble: 'duplicate-key', line: 4, message: 'has the key x twice, first on line 3' },
  ]);
  expect(document.value).toEqual({ kind: 'A', spec: { x: 2 } });
});

test.each([
  ['kind: [A', 'unparsable-document'],
  ['kind: A\nname: {{ .Values.name }}\n', 'unexpanded-template'],
  ['{{- if .Values.x }}\nkind: A\n{{- end }}\n', 'unexpanded-template'],
  [
    'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]',
    'alias-bomb',
  ],
])('%j is %s', (text, trouble) => {
  expect(only(text).problems).toEqual([expect.objectContaining({ trouble })]);
});

test('the rest of a file is read where one document is not YAML', () => {
  const { documents } = read('kind: [A\n---\nkind: B\n');
  expect(documents.map(({ value }) => value)).toEqual([undefined, { kind: 'B' }]);
});

test('a file that is not UTF-8 is said, a byte order mark is not', () => {
  expect(sourceOf('f', Buffer.from('kind: A\n', 'utf16le')).documents[0].problems).toHaveLength(1);
  expect(sourceOf('f', Buffer.from([0xff, 0xfe, 0x41])).problem?.trouble).toBe('not-utf8');
  expect(read('\uFEFFkind: A\n').documents[0].value).toEqual({ kind: 'A' });
});

test('nothing on standard input is said, and an empty file is not', () => {
  expect(sourceOf('-', '\n').problem).toMatchObject({
    trouble: 'unreadable-file',
    message: expect.stringContaining('is empty'),
  });
  expect(read('\n')).toEqual({ file: 'f.yaml', documents: expect.anything() });
});

test('a List is its members, and JSON is read with its tabs', () => {
  const text =
    '{\n\t"apiVersion": "v1",\n\t"kind": "List",\n\t"items": [\n\t\t{"kind": "A", "metadata": {"name": "x"}}\n\t]\n}';
  const document = only(text);
  const [resource] = resourcesIn(document);
  expect(resource.title).toBe('A x');
  expect(resource.at('metadata', 'name').line).toBe(5);
});

test('trouble is said with the line in the file on which it stands', () => {
  const problemsOf = (text: string) => read(`kind: A\n---\n${text}`).documents[1].problems;
  expect(problemsOf('kind: B\nspec: [a\n')).toEqual([
    { trouble: 'unparsable-document', line: 5, message: expect.stringMatching(/^is not YAML: /) },
  ]);
  expect(problemsOf('kind: B\nspec:\n{{- if .Values.x }}\n  a: b\n{{- end }}\n')).toEqual([
    { trouble: 'unexpanded-template', line: 5, message: expect.stringContaining('{{- if') },
  ]);
  expect(problemsOf('kind: B\nspec: {a: {{ count }}, b: c}\n')).toEqual([
    { trouble: 'unexpanded-template', line: expect.any(Number), message: 'is a template that was not expanded' },
  ]);
  expect(problemsOf('kind: B\nspec:\n  x: 1\n  y: 2\n  x: 3\n')).toEqual([
    { trouble: 'duplicate-key', line: 7, message: 'has the key x twice, first on line 5' },
  ]);
});

test.each([
  ['infinity', 'kind: A\nspec: { a: [1, .inf] }', 'JSON has no such number'],
  ['a map as a key', 'kind: A\nspec: { ? { a: b } : c }', 'a map is the key of a map'],
])('%s is nothing that an object can hold', (_, text, reason) => {
  expect(only(text).value).toBeUndefined();
  expect(only(text).problems).toEqual([
    { trouble: 'unparsable-document', line: expect.any(Number), message: `is not YAML: ${reason}` },
  ]);
});

test('lines are found again after they were given back, and those of what cannot be read are the first', () => {
  const document = only('kind: A\nspec:\n  x: 1\n');
  expect(document.lineOf(['spec', 'x'])).toBe(3);
  document.forgetLines();
  expect(document.lineOf(['spec', 'x'])).toBe(3);
  const [, broken] = read('kind: A\n---\nkind: [A\n').documents;
  expect(broken.lineOf(['spec', 'x'])).toBe(2);
});

test('aliases may be used, and unfold into as much as a manifest can hold', () => {
  const document = only('a: &a [1, null]\nb: *a\nc: { d: *a }\n');
  expect(document.problems).toEqual([]);
  expect(document.value).toEqual({ a: [1, null], b: [1, null], c: { d: [1, null] } });
  const stars = only(`kind: A\ndata: "*"\nlist: [${'x,'.repeat(2000)}x]\n`);
  expect(stars.problems).toEqual([]);
});
