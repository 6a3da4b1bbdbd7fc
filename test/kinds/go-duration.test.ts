import { goDuration, parseGoDuration } from '../../src/kinds/go-duration';

describe('goDuration', () => {
  test.each([
    [0, '0s'],
    [45, '45s'],
    [90, '90s'],
    [600, '10m'],
    [5400, '90m'],
    [7200, '2h'],
    [2592000, '720h'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(goDuration(seconds)).toBe(text);
  });
});

describe('parseGoDuration', () => {
  test.each([
    ['0s', 0],
    ['45s', 45],
    ['90m', 5400],
    ['720h', 2592000],
    ['1h30m', undefined],
    ['1.5h', undefined],
    ['-1h', undefined],
    ['7d', undefined],
    ['', undefined],
    ['1234567890h', undefined],
  ])('reads %j as %s', (text, seconds) => {
    expect(parseGoDuration(text)).toBe(seconds);
  });
});
