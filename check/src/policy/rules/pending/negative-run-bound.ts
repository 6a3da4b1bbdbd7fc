import { jobSpecsOf } from '../../../inventory/job-specs';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const NUMBERS = [
  'activeDeadlineSeconds',
  'backoffLimit',
  'backoffLimitPerIndex',
  'completions',
  'maxFailedIndexes',
  'parallelism',
  'ttlSecondsAfterFinished',
];

export const negativeRunBound: Rule<Scope.OBJECT> = {
  name: 'negative-run-bound',
  group: Group.PENDING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'The API server refuses a Job whose numbers are below 0; there is no way to say "without end" but to leave them out. https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/#JobSpec',
  fix: 'Leave it out, or set it to 0 or more.',
  check: (object) =>
    jobSpecsOf(object).flatMap((spec) =>
      NUMBERS.flatMap((key) => {
        const field = spec.at(key);
        return (field.integer ?? 0) < 0 ? [error(field, `has ${key} ${field.value}, which is below 0.`)] : [];
      }),
    ),
};
