import { fitsGlob } from '../../src/policy/glob';

test.each([
  ['*', 'anything', true],
  ['*', '', true],
  ['ml-*', 'ml-training', true],
  ['ml-*', 'xml-training', false],
  ['a?c', 'abc', true],
  ['a?c', 'a/c', false],
  ['*.yaml', 'dist/a.yaml', false],
  ['**', 'dist/a.yaml', true],
  ['dist/**', 'dist/deep/a.yaml', true],
  ['dist/**/a.yaml', 'dist/a.yaml', true],
  ['dist/**/a.yaml', 'dist/x/y/a.yaml', true],
  ['dist/**/a.yaml', 'dist/xa.yaml', false],
  ['a.c', 'abc', false],
  ['[a]', '[a]', true],
])('%s for %s: %s', (pattern, text, expected) => {
  expect(fitsGlob(pattern, text)).toBe(expected);
});

test('takes time that grows with the text alone', () => {
  const started = performance.now();
  expect(fitsGlob('*a*a*a*a*a*a*b', 'a'.repeat(10_000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(5_000);
});
