import { jobSpecsOf } from '../../../inventory/job-specs';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const indexedWithoutCompletions: Rule<Scope.OBJECT> = {
  name: 'indexed-without-completions',
  group: Group.PENDING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'An Indexed Job gives each of its completions an index, so that the API server refuses one that does not say how many there are. https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode',
  fix: 'Set completions; for pods that work as one, to the same as parallelism.',
  check: (object) =>
    jobSpecsOf(object).flatMap((spec) => {
      const completions = spec.at('completions');
      if (spec.at('completionMode').text !== 'Indexed' || completions.exists) return [];
      if (!spec.at('parallelism').exists) return []; // then both are 1
      return [error(completions, 'is Indexed and has no completions.')];
    }),
};
