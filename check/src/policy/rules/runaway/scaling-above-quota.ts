import type { Field } from '../../../inventory/field';
import type { Inventory } from '../../../inventory/inventory';
import type { Resource } from '../../../inventory/resource';
import type { Workload } from '../../../inventory/workload';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { quotaOf } from './namespace-quota';

/** What KEDA scales to when nothing is said. https://keda.sh/docs/latest/reference/scaledobject-spec/ */
const KEDA_MOST = 100;

interface Scaling {
  readonly most: Field;
  readonly replicas: number;
  readonly workload?: Workload;
}

export const scalingAboveQuota: Rule<Scope.OBJECT> = {
  name: 'scaling-above-quota',
  group: Group.RUNAWAY,
  facts: ['ML-COST-009'],
  scope: Scope.OBJECT,
  why: 'Replicas above the quota of the namespace are refused when they are needed most, and the run that waits for the same quota never starts. https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  fix: 'Lower the most replicas, or raise the quota.',
  check: (resource, inventory) => {
    const scaling = scalingOf(resource, inventory);
    if (scaling?.workload === undefined || scaling.workload.pods.length !== 1) return [];
    const { most, replicas, workload } = scaling;
    const [devices] = workload.pods[0].devices;
    if (devices?.count === undefined) return [];
    const hard = quotaOf(devices.resource, workload.resource, inventory);
    if (hard === undefined || replicas * devices.count <= hard) return [];
    const needed = `${replicas * devices.count} of ${devices.resource}`;
    return [warning(most, `lets ${workload.resource.title} grow to ${needed}, and the quota is ${hard}.`)];
  },
};

function scalingOf(resource: Resource, inventory: Inventory): Scaling | undefined {
  if (resource.is('HorizontalPodAutoscaler', 'autoscaling')) {
    const most = resource.at('spec', 'maxReplicas');
    return { most, replicas: most.integer ?? 0, workload: targetOf(resource, inventory) };
  }
  if (resource.is('ScaledObject', 'keda.sh')) {
    const most = resource.at('spec', 'maxReplicaCount');
    const replicas = most.exists ? (most.integer ?? 0) : KEDA_MOST;
    return { most, replicas, workload: targetOf(resource, inventory) };
  }
  if (!resource.is('InferenceService', 'serving.kserve.io')) return undefined;
  const most = resource.at('spec', 'predictor', 'maxReplicas');
  return { most, replicas: most.integer ?? 0, workload: inventory.workloadOf(resource) };
}

function targetOf(resource: Resource, inventory: Inventory): Workload | undefined {
  const target = resource.at('spec', 'scaleTargetRef');
  const name = target.at('name').text ?? '';
  const found = inventory.find('apps', target.at('kind').text ?? 'Deployment', name, resource.namespace);
  return found && inventory.workloadOf(found);
}
