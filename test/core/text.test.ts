import { codePointAt, forbiddenCharacter } from '../../src/core/text';

describe('forbiddenCharacter', () => {
  test.each(['', 'plain', 'tab\tand\nlines\r\n', 'é λ 中 😀', 'a\u200db', 'non\u00a0breaking', '\u{10ffff}'])(
    'takes %p',
    (text) => {
      expect(forbiddenCharacter(text)).toBeUndefined();
    },
  );

  test.each([
    ['NUL', 'ab\u0000', 2, 'U+0000'],
    ['escape', '\u001b[31m', 0, 'U+001B'],
    ['delete', 'a\u007f', 1, 'U+007F'],
    ['C1', 'a\u0085', 1, 'U+0085'],
    ['byte order mark', '\ufeffa', 0, 'U+FEFF'],
    ['zero-width space', 'a\u200b', 1, 'U+200B'],
    ['right-to-left mark', 'ab\u200f', 2, 'U+200F'],
    ['right-to-left override', 'ab\u202e', 2, 'U+202E'],
    ['isolate', 'ab\u2066', 2, 'U+2066'],
    ['line separator', 'ab\u2028', 2, 'U+2028'],
    ['paragraph separator', 'ab\u2029', 2, 'U+2029'],
    ['non-character', 'ab\uffff', 2, 'U+FFFF'],
    ['replacement of what was no UTF-8', 'ab\ufffd', 2, 'U+FFFD'],
    ['high surrogate alone', 'a\ud83db', 1, 'U+D83D'],
    ['low surrogate alone', 'a\ude00b', 1, 'U+DE00'],
    ['surrogates in the wrong order', '\ude00\ud83d', 0, 'U+DE00'],
    ['a surrogate at the end, after a pair', '😀\ud83d', 2, 'U+D83D'],
    ['the first of several', '\ud83d\u0000', 0, 'U+D83D'],
    ['the first of several, the other way round', '\u0000\ud83d', 0, 'U+0000'],
  ])('finds %s', (_, text, index, codePoint) => {
    expect(forbiddenCharacter(text)).toEqual({ index, codePoint });
  });
});

describe('codePointAt', () => {
  test('names whole code points', () => {
    expect(codePointAt('a😀', 1)).toBe('U+1F600');
    expect(codePointAt('é', 0)).toBe('U+00E9');
  });
});
