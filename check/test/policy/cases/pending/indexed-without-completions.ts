import { Severity } from '../../../../src/policy/finding';
import { indexedWithoutCompletions } from '../../../../src/policy/rules/pending/indexed-without-completions';
import { jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

export const INDEXED_WITHOUT_COMPLETIONS: RuleCase = {
  rule: indexedWithoutCompletions,
  good: jobWith({ spec: 'completionMode: Indexed\ncompletions: 4\nparallelism: 4' }),
  flips: [
    {
      change: { 'spec.completions': undefined },
      at: 'spec.completions',
      says: /is Indexed and has no completions/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'not indexed': jobWith({ spec: 'parallelism: 4' }),
    'one pod, by default': jobWith({ spec: 'completionMode: Indexed' }),
  },
  cluster: 'rejects',
};
