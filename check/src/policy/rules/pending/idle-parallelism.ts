import { jobSpecsOf } from '../../../inventory/job-specs';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const idleParallelism: Rule<Scope.OBJECT> = {
  name: 'idle-parallelism',
  group: Group.PENDING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'A Job never runs more pods at a time than it has completions left: a gang of that size never gets together. https://kubernetes.io/docs/concepts/workloads/controllers/job/#controlling-parallelism',
  fix: 'Raise completions to parallelism, or lower parallelism.',
  check: (object) =>
    jobSpecsOf(object).flatMap((spec) => {
      const parallelism = spec.at('parallelism');
      const completions = spec.at('completions').integer;
      if (completions === undefined || (parallelism.integer ?? 0) <= completions) return [];
      return [warning(parallelism, `has parallelism ${parallelism.value} and only ${completions} completions.`)];
    }),
};
