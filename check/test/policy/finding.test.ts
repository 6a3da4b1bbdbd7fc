import type { Finding } from '../../src/policy/finding';
import { counts, isAtLeast, Severity } from '../../src/policy/finding';

const FINDING: Finding = {
  rule: 'gpu-run-deadline',
  group: 'runaway',
  severity: Severity.WARNING,
  facts: [],
  message: 'has no deadline.',
  fix: 'Set one.',
  path: 'spec',
  file: 'a.yaml',
  document: 1,
  line: 1,
};

test('a finding counts that is neither waived nor known', () => {
  const waived = { reason: 'A notebook', by: 'annotation' } as const;
  expect(counts(FINDING)).toBe(true);
  expect(counts({ ...FINDING, known: false })).toBe(true);
  expect(counts({ ...FINDING, known: true })).toBe(false);
  expect(counts({ ...FINDING, waived })).toBe(false);
  expect(counts({ ...FINDING, waived, known: true })).toBe(false);
});

test('an error is at least a warning, a warning is one, worth knowing is not', () => {
  expect(Object.values(Severity).map((each) => isAtLeast(each, Severity.WARNING))).toEqual([true, true, false]);
});
