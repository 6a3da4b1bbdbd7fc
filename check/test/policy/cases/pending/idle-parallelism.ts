import { Severity } from '../../../../src/policy/finding';
import { idleParallelism } from '../../../../src/policy/rules/pending/idle-parallelism';
import { jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

export const IDLE_PARALLELISM: RuleCase = {
  rule: idleParallelism,
  good: jobWith({ spec: 'completions: 4\nparallelism: 4' }),
  flips: [
    {
      change: { 'spec.parallelism': 8 },
      at: 'spec.parallelism',
      says: /has parallelism 8 and only 4 completions/,
      severity: Severity.WARNING,
    },
  ],
  silent: { 'a work queue': jobWith({ spec: 'parallelism: 8' }) },
};
