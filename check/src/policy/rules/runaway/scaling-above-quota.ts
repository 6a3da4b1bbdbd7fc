import type { Field } from '../../../inventory/field';
import type { Inventory } from '../../../inventory/inventory';
import type { Resource } from '../../../inventory/resource';
import type { Role, Workload } from '../../../inventory/workload';
import type { Remark } from '../../finding';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { quotaOf } from './namespace-quota';

/** What KEDA scales to when nothing is said. https://keda.sh/docs/latest/reference/scaledobject-spec/ */
const KEDA_MOST = 100;
/** How many trials Katib runs at once when nothing is said. https://www.kubeflow.org/docs/components/katib/user-guides/katib-config/ */
const KATIB_TRIALS = 3;

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
    if (resource.is('Experiment', 'kubeflow.org')) return trialsAboveQuota(resource, inventory);
    const scaling = scalingOf(resource, inventory);
    if (scaling?.workload === undefined || scaling.workload.pods.length !== 1) return [];
    const { most, replicas, workload } = scaling;
    const above = aboveQuota(workload, () => replicas, inventory);
    return above === undefined ? [] : [warning(most, `lets ${workload.resource.title} grow to ${above}.`)];
  },
};

/** The trials of an Experiment that run at once, each with its pods. */
function trialsAboveQuota(experiment: Resource, inventory: Inventory): Remark[] {
  const trials = experiment.at('spec', 'parallelTrialCount');
  const count = trials.exists ? (trials.integer ?? 0) : KATIB_TRIALS;
  return inventory.workloads
    .filter(({ resource }) => resource.embedding?.owner === experiment)
    .flatMap((trial) => {
      const above = aboveQuota(trial, (role) => count * role.count, inventory);
      return above === undefined ? [] : [warning(trials, `runs ${count} trials at once, which take ${above}.`, FEWER)];
    });
}

const FEWER = 'Lower parallelTrialCount, or raise the quota.';

/** What a workload takes of a device with so many pods of each role, where the quota is less. */
function aboveQuota(
  { roles, resource }: Workload,
  podsOf: (role: Role) => number,
  inventory: Inventory,
): string | undefined {
  const needed = new Map<string, number>();
  for (const role of roles) {
    for (const device of role.pod.devices) {
      if (device.count === undefined) return undefined;
      needed.set(device.resource, (needed.get(device.resource) ?? 0) + podsOf(role) * device.count);
    }
  }
  for (const [device, amount] of needed) {
    const hard = quotaOf(device, resource, inventory);
    if (hard !== undefined && amount > hard) return `${amount} of ${device}, and the quota is ${hard}`;
  }
  return undefined;
}

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
