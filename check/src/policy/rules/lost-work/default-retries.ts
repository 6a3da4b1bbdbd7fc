import type { Field } from '../../../inventory/field';
import { jobSpecsOf } from '../../../inventory/job-specs';
import { makesResult } from '../../../inventory/training';
import type { Inventory } from '../../../inventory/inventory';
import type { Workload } from '../../../inventory/workload';
import { info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { savingOf } from './saving';

/** Kinds of the training operator that restart pods unless told otherwise, and then without end. https://github.com/kubeflow/training-operator/blob/v1.9.3/pkg/apis/kubeflow.org/v1/pytorch_types.go */
const RESTARTING: ReadonlySet<string> = new Set(['PyTorchJob', 'PaddleJob']);

export const defaultRetries: Rule<Scope.RUN> = {
  name: 'default-retries',
  group: Group.LOST_WORK,
  packs: [Group.RUNAWAY],
  facts: ['ML-CKPT-005'],
  scope: Scope.RUN,
  why: 'Kubernetes tries a failed Job 6 times more unless it is told otherwise; for a training that fails on its own code that is seven times the price. https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy',
  fix: 'Set backoffLimit to the retries that are worth their price: 0 without checkpoints, a few with them.',
  check: (run, inventory) => {
    if (!run.pods.some((pod) => pod.deviceCount > 0 && makesResult(pod))) return [];
    const say = savesFor(run, inventory) ? info : warning;
    return unset(run).map(({ field, times }) =>
      say(field, `does not say how often it is tried again, which is ${times}.`),
    );
  },
};

function savesFor(run: Workload, inventory: Inventory): boolean {
  const saving = savingOf(run, inventory);
  return saving === 'resumes' || saving === 'unknown';
}

function unset({
  resource,
  bounds: { retries, defaultRetries: times },
  roles,
}: Workload): { field: Field; times: string }[] {
  const jobs = jobSpecsOf(resource);
  const lacking = jobs.filter((job) => !job.at('backoffLimit').exists && !job.at('backoffLimitPerIndex').exists);
  if (jobs.length > 0) return lacking.slice(0, 1).map((job) => ({ field: job.at('backoffLimit'), times: '6 times' }));
  if (retries === undefined || retries.field.exists) return [];
  if (resource.group === 'batch.volcano.sh') return [{ field: retries.field, times: `${times} times` }];
  if (
    resource.group !== 'kubeflow.org' ||
    !roles.some(({ pod }) => restarts(resource.kind, pod.workload, pod.role.name))
  )
    return [];
  return [{ field: retries.field, times: 'without end' }];
}

/** Whether the operator restarts failed pods of a role. */
function restarts(kind: string, { resource }: Workload, role: string): boolean {
  const key = resource.at('spec').keys.find((each) => each.endsWith('ReplicaSpecs')) ?? '';
  const policy = resource.at('spec', key, role, 'restartPolicy');
  return policy.exists ? policy.text === 'OnFailure' || policy.text === 'Always' : RESTARTING.has(kind);
}
