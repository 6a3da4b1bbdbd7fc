import { makesResult } from '../../../inventory/training';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Kinds that replace failed pods themselves; the training operator restarts by other rules. */
const REPLACING: ReadonlySet<string> = new Set(['batch', 'jobset.x-k8s.io', 'keda.sh', 'batch.volcano.sh']);

export const restartInPlace: Rule<Scope.POD> = {
  name: 'restart-in-place',
  group: Group.CLUTTER,
  packs: [Group.LOST_WORK],
  facts: ['ML-LIFE-009'],
  scope: Scope.POD,
  why: 'With OnFailure the logs of a failed attempt go with its container, a pod failure policy is not allowed, and a program that is killed for memory loops on the same node. https://kubernetes.io/docs/concepts/workloads/controllers/job/#handling-pod-and-container-failures',
  fix: 'Set restartPolicy to Never, so that each retry is a pod of its own.',
  check: (pod) => {
    const policy = pod.at('restartPolicy');
    if (policy.text !== 'OnFailure' || !REPLACING.has(pod.workload.resource.group) || !makesResult(pod)) return [];
    return [warning(policy, 'restarts a failed training in its pod: its restartPolicy is OnFailure.')];
  },
};
