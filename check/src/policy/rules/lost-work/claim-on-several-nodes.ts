import { claimOf, driverOfClaim } from '../../../inventory/claims';
import type { Inventory } from '../../../inventory/inventory';
import type { PodFacts } from '../../../inventory/pod';
import type { Resource } from '../../../inventory/resource';
import { Nature } from '../../../inventory/workload';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const HOSTNAME = 'kubernetes.io/hostname';
/** Drivers whose volumes several nodes can mount, whatever the claim says; drivers do not hold claims against it. */
const SHARED =
  /nfs|efs|fsx|lustre|filestore|file\.csi|s3|gcsfuse|blob|cephfs|gluster|juicefs|weka|beegfs|gpfs|portworx|longhorn|host-?path|local/i;

export const claimOnSeveralNodes: Rule<Scope.POD> = {
  name: 'claim-on-several-nodes',
  group: Group.LOST_WORK,
  packs: [Group.PENDING],
  facts: ['ML-CKPT-006'],
  scope: Scope.POD,
  why: 'A claim with ReadWriteOnce is on one node at a time, and one with ReadWriteOncePod in one pod: the other pods stay in ContainerCreating or Pending. https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  fix: 'Take a claim with ReadWriteMany, one claim for each pod, or keep the pods on one node.',
  check: (pod, inventory) => {
    const { role, workload } = pod;
    if (role.count < 2 || workload.nature === Nature.AGENT) return [];
    return pod.volumes.flatMap((volume) => {
      const claim = claimOf(pod, volume, inventory);
      const modes = claim?.at('spec', 'accessModes').texts ?? [];
      if (!claim || modes.length === 0 || modes.some((mode) => !mode.startsWith('ReadWriteOnce'))) return [];
      const what = `mounts the claim ${claim.name} with ${modes.join(', ')} in ${role.count} pods`;
      if (modes.every((mode) => mode === 'ReadWriteOncePod'))
        return [error(volume.field, `${what}, of which one gets it.`)];
      if (isOnOneNode(pod) || isShared(claim, inventory)) return [];
      return isSpread(pod, inventory)
        ? [error(volume.field, `${what} that run on different nodes.`)]
        : [warning(volume.field, `${what}, which may come to different nodes.`)];
    });
  },
};

function isShared(claim: Resource, inventory: Inventory): boolean {
  return SHARED.test(driverOfClaim(claim, inventory)?.name ?? claim.at('spec', 'storageClassName').text ?? '');
}

/** Whether its pods can only be on one node. */
function isOnOneNode(pod: PodFacts): boolean {
  const together = pod.at('affinity', 'podAffinity', 'requiredDuringSchedulingIgnoredDuringExecution').items;
  return (
    pod.at('nodeName').exists ||
    pod.nodeDemands.some(({ key, values }) => key === HOSTNAME && values.length === 1) ||
    together.some((term) => term.at('topologyKey').text === HOSTNAME)
  );
}

/** Whether no two of its pods can be on one node. */
function isSpread(pod: PodFacts, { pools }: Inventory): boolean {
  const apart = pod.at('affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution').items;
  if (apart.some((term) => term.at('topologyKey').text === HOSTNAME)) return true;
  const [device] = pod.devices;
  if (device?.count === undefined || pools === undefined) return false;
  const twice = 2 * device.count;
  const offering = pools.filter(({ resourceName }) => resourceName === device.resource);
  return (
    offering.length > 0 &&
    offering.every(({ devicesPerNode }) => devicesPerNode !== undefined && devicesPerNode < twice)
  );
}
