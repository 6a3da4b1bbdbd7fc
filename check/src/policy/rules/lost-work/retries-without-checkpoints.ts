import type { Field } from '../../../inventory/field';
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
  const { retries } = run.bounds;
  if (retries?.value !== undefined && retries.value > 0) return [{ field: retries.field, times: times(retries.value) }];
  return run.pods.filter(trains).flatMap((pod) => {
    const strategy = pod.at('retryStrategy'); // of Argo, which takes the number as a text too
    const limit = strategy.at('limit');
    if (!run.is(run.resource.kind, 'argoproj.io') || !strategy.exists) return [];
    if (!limit.exists) return [{ field: strategy, times: 'without end' }];
    const number = Number(limit.value);
    return number > 0 ? [{ field: limit, times: times(number) }] : [];
  });
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
