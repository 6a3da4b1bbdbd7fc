import { spotChoice } from '../../../inventory/spot';
import { makesResult } from '../../../inventory/training';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { savingOf } from './saving';

export const spotWithoutDurableCheckpoints: Rule<Scope.RUN> = {
  name: 'spot-without-durable-checkpoints',
  group: Group.LOST_WORK,
  facts: ['ML-CKPT-012', 'ML-CKPT-004'],
  scope: Scope.RUN,
  why: 'A spot node is taken away within two minutes at any time, and a run that saves nothing begins again, for ever if it is long. https://karpenter.sh/docs/concepts/disruption/#interruption',
  fix: 'Save checkpoints to a claim or an object store and resume from them, or choose nodes that stay.',
  props: 'Set checkpoints to Checkpoints.claim(...), or take a pool with CapacityType.ON_DEMAND.',
  check: (run, inventory) => {
    const saving = savingOf(run, inventory);
    if (saving === 'resumes' || saving === 'unknown' || run.deviceCount === 0) return [];
    const choice = run.pods.filter(makesResult).flatMap((pod) => spotChoice(pod, inventory) ?? [])[0];
    return choice
      ? [error(choice.field, 'runs on spot nodes and saves no checkpoints that it could resume from.')]
      : [];
  },
};
