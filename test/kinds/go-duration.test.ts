import { goDuration } from '../../src/kinds/go-duration';

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
