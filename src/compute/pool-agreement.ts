import type { GpuPoolProps, PoolPlacement } from '../cluster/gpu-pool';
import type { ClusterProfile } from '../cluster/profile';
import { Provisioner } from '../cluster/settings';
import { secondsOf } from '../core/amounts';
import type { Problem } from '../core/diagnostics';
import { goDuration } from '../kinds/go-duration';
import { NOT_AS_IN_PROFILE } from './diagnostics';
import { resolvePool } from '../cluster/pool-placement';

/** What a pool made here says otherwise than the pool of its name in the profile, which other teams go by. */
export function agreementProblems(
  name: string,
  props: GpuPoolProps,
  placement: PoolPlacement,
  profile: ClusterProfile,
): Problem[] {
  if (!Object.hasOwn(profile.pools, name)) return [];
  const published = profile.pools[name];
  const there = facts(published, resolvePool(name, published, profile).placement);
  const here = facts(props, placement);
  const differing = Object.keys(here).filter((property) => here[property] !== there[property]);
  if (differing.length === 0) return [];
  const said = differing.map((property) => `${property} (here ${here[property]}, there ${there[property]})`);
  const message = `pool ${name} is not as in the profile ${profile.name}: ${said.join(', ')}.`;
  const fix = `Start from the entry of the profile ({ ...profile.pools['${name}'], ... }), or correct the profile.`;
  return [{ rule: NOT_AS_IN_PROFILE, property: differing[0], value: here[differing[0]], message, fix }];
}

/** What workloads go by, as text to compare and to show. */
function facts({ provisioner }: GpuPoolProps, placement: PoolPlacement): { [property: string]: string } {
  const { nodeSelector, tolerations, sharing, terminationGracePeriod } = placement;
  const selector = Object.entries(nodeSelector).map(([key, value]) => `${key}=${value}`);
  const taints = tolerations.map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`);
  const shared = [sharing.strategy, sharing.migProfile, sharing.replicas, placement.resourceName];
  return {
    provisioner: provisioner ?? Provisioner.STATIC,
    gpu: placement.gpu.key,
    gpusPerNode: String(placement.gpusPerNode),
    capacityType: placement.capacityType,
    nodeSelector: selector.sort().join(' ') || 'none',
    taints: taints.sort().join(' ') || 'none',
    maxNodes: String(placement.maxNodes ?? 'unknown'),
    terminationGracePeriod: terminationGracePeriod ? goDuration(secondsOf(terminationGracePeriod)) : 'none',
    sharing: shared.filter((part) => part !== undefined).join(' '),
  };
}
