import { Severity } from '../../../../src/policy/finding';
import { sweepKeptLong } from '../../../../src/policy/rules/clutter/sweep-kept-long';
import { jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = 'spec.ttlSecondsAfterFinished';

export const SWEEP_KEPT_LONG: RuleCase = {
  rule: sweepKeptLong,
  good: jobWith({ spec: 'completions: 200\nttlSecondsAfterFinished: 604800' }),
  flips: [{ change: { [at]: 2_592_000 }, at, says: /keeps 200 pods for 30 days/, severity: Severity.INFO }],
  silent: { 'few pods': jobWith({ spec: 'completions: 100\nttlSecondsAfterFinished: 2592000' }) },
};
