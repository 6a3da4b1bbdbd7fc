import { isDeclaredRun, isHook } from '../../../inventory/delivery';
import type { Workload } from '../../../inventory/workload';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** What a schedule or a pipeline makes is removed with its history, or with what made it. */
const ONE_SHOT: ReadonlySet<string> = new Set([
  'batch',
  'jobset.x-k8s.io',
  'kubeflow.org',
  'batch.volcano.sh',
  'argoproj.io',
]);
const MADE_BY_OTHERS: ReadonlySet<string> = new Set([
  'CronJob',
  'CronWorkflow',
  'WorkflowTemplate',
  'ClusterWorkflowTemplate',
]);

export const noTtlAfterFinished: Rule<Scope.RUN> = {
  name: 'no-ttl-after-finished',
  group: Group.CLUTTER,
  facts: ['ML-LIFE-001'],
  scope: Scope.RUN,
  why: 'Ended runs and their pods stay until somebody deletes them, and slow down the API server by the hundreds. https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/',
  fix: 'Set ttlSecondsAfterFinished, such as 86400; not on runs that Git declares, which would be made again.',
  props: 'Set ttl, or delivery in the profile to Delivery.CREATE_ONCE.',
  check: (run) => {
    const { resource, bounds } = run;
    if (!ONE_SHOT.has(resource.group) || MADE_BY_OTHERS.has(resource.kind)) return [];
    if (resource.embedding || resource.at('metadata', 'ownerReferences').items.length > 0) return [];
    if (isHook(resource) || isDeclaredRun(resource) || bounds.ttl === undefined || givesTtl(run)) return [];
    return [warning(bounds.ttl.field, 'stays when it has ended: it has no TTL.')];
  },
};

function givesTtl({ resource, bounds: { ttl } }: Workload): boolean {
  const spec = resource.at('spec');
  if (resource.group === 'argoproj.io') return spec.at('ttlStrategy').exists || spec.at('workflowTemplateRef').exists;
  return (ttl?.field.exists ?? false) || spec.at('ttlSecondsAfterFinished').exists; // older versions of Kubeflow had it there
}
