import { splitDocuments } from '../../src/inventory/split-documents';

test.each<[string, string, [string, number][]]>([
  ['one document', 'a\nb\n', [['a\nb\n', 1]]],
  ['a separator first', '---\na\n', [['\na\n', 1]]],
  [
    'a separator between',
    'a\n---\nb\n',
    [
      ['a\n', 1],
      ['\nb\n', 2],
    ],
  ],
  [
    'what follows a separator on its line',
    'a\n\n--- {b: 1}\nc\n---\t# d\ne',
    [
      ['a\n\n', 1],
      [' {b: 1}\nc\n', 3],
      ['\t# d\ne', 5],
    ],
  ],
  ['empty documents between', '---\n---\n\n---\na\n---\n \n', [['\na\n', 4]]],
  [
    'Windows line ends',
    'a\r\n---\r\nb\r\n',
    [
      ['a\r\n', 1],
      ['\r\nb\r\n', 2],
    ],
  ],
  ['more hyphens, or hyphens within a line', 'a\n----\n---b\n ---\nc ---\n', [['a\n----\n---b\n ---\nc ---\n', 1]]],
  ['nothing', ' \n\n', []],
])('splits %s', (_, text, expected) => {
  expect(splitDocuments(text).map((each) => [each.text, each.startLine])).toEqual(expected);
});
