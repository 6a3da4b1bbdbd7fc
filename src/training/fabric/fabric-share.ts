import type { EnvVar } from '../../../imports/k8s';
import type { PoolPlacement } from '../../cluster/gpu-pool';
import type { ClusterProfile } from '../../cluster/profile';
import type { Problem, Rule } from '../../core/diagnostics';
import { deviceQuantity } from '../../kinds/quantity';
import type { NamedVolume } from '../../render/pod-description';
import { FABRIC_NOT_THERE, FABRIC_ON_PART, FABRIC_UNKNOWN } from '../diagnostics';
import type { DistributedRunProps } from '../gang-props';

/** What a pod gets of a fabric. */
export interface FabricShare {
  readonly resources: { readonly [resource: string]: string };
  readonly env: readonly EnvVar[];
  readonly annotations: { readonly [annotation: string]: string };
  readonly volumes?: readonly NamedVolume[];
}

/** What the fabric adds to each pod of a gang. */
export function fabricShare(props: DistributedRunProps): FabricShare | undefined {
  const { fabric } = props;
  if (!fabric) return undefined;
  const { deviceResource, resources, env = [], annotations = {}, volumes } = fabric._needs;
  const devices = devicesOf(props);
  const ofDevice =
    devices === undefined || deviceResource === undefined ? {} : { [deviceResource]: deviceQuantity(devices) };
  return { resources: { ...ofDevice, ...resources }, env, annotations, volumes };
}

/** Devices of each pod: those asked for, or of EFA those of its part of the machine. */
function devicesOf({ fabric, gpuPerNode, pool }: DistributedRunProps): number | undefined {
  const { devices } = fabric!._needs;
  const node = pool?.placement;
  if (devices !== undefined || fabric!.name !== 'efa' || node?.efaInterfaces === undefined) return devices;
  return Math.floor((node.efaInterfaces * (gpuPerNode?.count ?? 0)) / node.gpusPerNode) || undefined;
}

/** What keeps a gang from its fabric. */
export function fabricProblems(profile: ClusterProfile, props: DistributedRunProps): Problem[] {
  const { fabric, pool } = props;
  if (!fabric) return [];
  const found = (rule: Rule, message: string, fix: string): Problem => ({
    rule,
    property: 'fabric',
    value: fabric.name,
    message,
    fix,
  });
  const { provider } = fabric._needs;
  if (provider !== undefined && profile.isKnown && profile.provider !== provider) {
    const message = `fabric is ${fabric.name}, and the profile ${profile.name} is of ${profile.provider}.`;
    return [found(FABRIC_NOT_THERE, message, 'Use Fabric.infiniband() or Fabric.roce(), or leave fabric out.')];
  }
  const node = pool?.placement;
  return [
    ...(fabric.name === 'efa' ? efaProblems(props, node, found) : []),
    ...(node && props.gpuPerNode && props.gpuPerNode.count < node.gpusPerNode
      ? [
          found(
            FABRIC_ON_PART,
            `gpuPerNode is ${props.gpuPerNode.count}, and a node of pool ${pool!.poolName} has ${node.gpusPerNode} GPUs.`,
            `Take whole nodes: ${node.gpusPerNode} GPUs each.`,
          ),
        ]
      : []),
  ];
}

function efaProblems(
  props: DistributedRunProps,
  node: PoolPlacement | undefined,
  found: (rule: Rule, message: string, fix: string) => Problem,
): Problem[] {
  const known = node?.efaInterfaces;
  const asked = props.fabric!._needs.devices;
  if (asked === undefined && known === undefined) {
    const message = 'fabric is efa, and the number of interfaces of the nodes is not known.';
    return [
      found(FABRIC_UNKNOWN, message, 'Set pool to one whose machine type is known, or interfaces of Fabric.efa.'),
    ];
  }
  if (known === undefined || (asked ?? 1) <= known) return [];
  const message = `fabric asks for ${asked ?? 'some'} interfaces of EFA, and a node of pool ${props.pool!.poolName} has ${known}.`;
  return [
    found(
      FABRIC_NOT_THERE,
      message,
      known === 0 ? 'Leave fabric out, or take a pool of machines with EFA.' : `Ask for ${known}.`,
    ),
  ];
}
