import type { Inventory } from '../../../inventory/inventory';
import type { Resource } from '../../../inventory/resource';
import { specOfWorkflow, stepTemplates } from '../../../inventory/workflow-steps';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { embeddedRun } from './embedded-workloads';

const RETRAIN = /re-?train/i;

export const retrainBesideItself: Rule<Scope.OBJECT> = {
  name: 'retrain-beside-itself',
  group: Group.PIPELINES,
  facts: ['ML-ARGO-005'],
  scope: Scope.OBJECT,
  why: 'Two retrainings at once take twice the GPUs, and the one that ends last replaces the newer model. https://argo-workflows.readthedocs.io/en/latest/synchronization/',
  fix: 'Set synchronization with a mutex, and concurrencyPolicy Forbid on a CronWorkflow.',
  check: (resource, inventory) => {
    const spec = specOfWorkflow(resource);
    if (spec === undefined || !isRetrain(resource, inventory)) return [];
    if (spec.at('synchronization').exists || spec.at('parallelism').exists || spec.at('workflowTemplateRef').exists)
      return [];
    const policy = resource.at('spec', 'concurrencyPolicy').text ?? 'Allow';
    if (resource.kind === 'CronWorkflow' && policy !== 'Allow') return [];
    return [warning(spec.at('synchronization'), 'may retrain several times at once.')];
  },
};

/** A workflow that is called so, or that makes runs with GPUs by a schedule; with GPUs of its own it is another finding. */
function isRetrain(resource: Resource, inventory: Inventory): boolean {
  const workload = inventory.workloadOf(resource);
  if (resource.kind !== 'CronWorkflow') return RETRAIN.test(resource.name);
  if ((workload?.deviceCount ?? 0) > 0) return false;
  return (
    RETRAIN.test(resource.name) ||
    stepTemplates(resource).some(({ field }) => (embeddedRun(field, inventory)?.deviceCount ?? 0) > 0)
  );
}
