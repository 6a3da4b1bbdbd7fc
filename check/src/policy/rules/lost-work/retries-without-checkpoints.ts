import type { Field } from '../../../inventory/field';
import { jobSpecsOf } from '../../../inventory/job-specs';
import type { PodFacts } from '../../../inventory/pod';
import { isTraining, trains } from '../../../inventory/training';
import type { Workload } from '../../../inventory/workload';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { savingOf } from './saving';

export const retriesWithoutCheckpoints: Rule<Scope.RUN> = {
  name: 'retries-without-checkpoints',
  group: Group.LOST_WORK,
  facts: ['ML-CKPT-005'],
  scope: Scope.RUN,
  why: 'A retry of a training that does not resume repeats all the work, and pays for it again. https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy',
  fix: 'Save checkpoints and resume from the newest one, or set the retries to 0.',
  props: 'Set checkpoints, or set backoffLimit to 0.',
  check: (run, inventory) => {
    if (!isTraining(run)) return [];
    const saving = savingOf(run, inventory);
    if (saving !== 'nothing' && saving !== 'saves') return [];
    return retriesOf(run).map(({ field, times }) =>
      warning(field, `is tried again ${times}, and nothing says that it resumes from a checkpoint.`),
    );
  },
};

function retriesOf(run: Workload): { field: Field; times: string }[] {
  const ofJobs = jobSpecsOf(run.resource).map((spec) => spec.at('backoffLimit'));
  const limit = [...(run.bounds.retries ? [run.bounds.retries.field] : []), ...ofJobs].find(
    ({ integer }) => (integer ?? 0) > 0,
  );
  if (limit?.integer !== undefined) return [{ field: limit, times: times(limit.integer) }];
  return run.is(run.resource.kind, 'argoproj.io') ? run.pods.filter(trains).flatMap(retriesOfStep) : [];
}

function retriesOfStep(pod: PodFacts): { field: Field; times: string }[] {
  const strategy = pod.at('retryStrategy');
  const limit = strategy.at('limit'); // a number, or a text with one
  if (!strategy.exists) return [];
  if (!limit.exists) return [{ field: strategy, times: 'without end' }];
  return Number(limit.value) > 0 ? [{ field: limit, times: times(Number(limit.value)) }] : [];
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
