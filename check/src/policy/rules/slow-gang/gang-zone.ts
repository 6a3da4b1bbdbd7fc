import { ZONE_LABEL } from 'cdk8s-ml/floor/kinds/node-labels';
import { isInCloud } from '../../../inventory/cloud';
import { isFabric } from '../../../inventory/device';
import { gpusOfPod } from '../../../inventory/gpu-count';
import type { Inventory } from '../../../inventory/inventory';
import type { PodFacts } from '../../../inventory/pod';
import type { Workload } from '../../../inventory/workload';
import { error, info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Annotations by which a scheduler is asked to keep a gang together. */
const TOPOLOGY =
  /(podset-(required|preferred|slice-required)-topology|exclusive-topology|network-topology|placement-group)/;
/** Labels of nodes that stand for one place, or may. */
const PLACES =
  /(zone|topology|rack|block|hostname|nodepool|nodegroup|node-pool|agentpool|pool|placement|slice|instance-id|partition)/i;
/** GPUs of a pod from which on it takes whole machines of a kind that is bought for gangs. */
const WHOLE_MACHINE = 8;

export const gangZone: Rule<Scope.GANG> = {
  name: 'gang-zone',
  group: Group.SLOW_GANG,
  facts: ['ML-DIST-006'],
  scope: Scope.GANG,
  why: 'Nothing keeps the pods of the gang in one zone, where the network is fast and free; EFA does not reach another zone at all. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa.html',
  fix: 'Require one zone: a nodeSelector, a podAffinity by topology.kubernetes.io/zone, or the topology annotation of Kueue or JobSet.',
  check: (workload, inventory) => {
    const gpuRoles = workload.roles.filter(({ pod }) => (gpusOfPod(pod) ?? 0) > 0);
    const nodes = gpuRoles.reduce((sum, { count }) => sum + count, 0);
    if (nodes < 2 || gpuRoles.some(({ pod }) => pod.partial || isKept(pod, workload))) return [];
    const { pod } = gpuRoles[0];
    const field = pod.at('affinity', 'podAffinity');
    const message = `has ${nodes} pods with GPUs and nothing that keeps them in one zone.`;
    if (workload.queueName !== undefined) return [info(field, message)]; // the flavor of the queue may have one
    if (gpuRoles.some((role) => asksForFabric(role.pod))) return [error(field, message)];
    // A hall of one's own is one zone, and its nodes may not even carry the label: a zone must be known to be one of several.
    const isCloudGang = (gpusOfPod(pod) ?? 0) >= WHOLE_MACHINE && isInCloud(pod, inventory);
    return [isCloudGang || hasSeveralZones(inventory) ? warning(field, message) : info(field, message)];
  },
};

function isKept(pod: PodFacts, { resource }: Workload): boolean {
  const notes = [...Object.keys(pod.annotations), ...Object.keys(resource.annotations)];
  return (
    notes.some((key) => TOPOLOGY.test(key)) ||
    resource.at('spec', 'networkTopology').exists ||
    pod.at('affinity', 'podAffinity').exists ||
    pod.nodeDemands.some(({ key }) => PLACES.test(key)) ||
    pod.nodeTerms.length > 1
  );
}

function asksForFabric(pod: PodFacts): boolean {
  return pod.containers.some(({ asked }) => asked.some(({ resource }) => isFabric(resource) && /efa$/.test(resource)));
}

function hasSeveralZones({ pools = [] }: Inventory): boolean {
  return (
    new Set(pools.flatMap(({ labels, openLabels }) => labels[ZONE_LABEL] ?? openLabels[ZONE_LABEL] ?? [])).size > 1
  );
}
