import { gpuModel, instanceType } from '../catalog/catalog';
import { migSlices } from '../catalog/mig-profiles';
import { kibibytes, millisOf } from '../core/amounts';
import type { Problem } from '../core/diagnostics';
import type { GpuModel } from '../kinds/gpu';
import { POOL_LABEL } from '../kinds/labels';
import { INSTANCE_TYPE_LABEL } from '../kinds/node-labels';
import type { Taint } from '../kinds/toleration';
import { gpuTaintKey, TaintEffect, tolerationsOf } from '../kinds/toleration';
import type { NodeAmounts } from './daemon-sets';
import { besideDaemonSets } from './daemon-sets';
import { POOL_LABELS, POOL_SHAPE } from './diagnostics';
import type { GpuPoolProps, PoolPlacement } from './gpu-pool';
import { GpuSharing } from './gpu-sharing';
import { modelLabels } from './model-labels';
import type { ClusterProfile } from './profile';
import { CapacityType, Provider, Provisioner } from './settings';

/** The placement of a pool and what keeps it from being one. */
export interface ResolvedPool {
  readonly placement: PoolPlacement;
  readonly problems: readonly Problem[];
}

/** What workloads must carry to run in a pool. */
export function resolvePool(name: string, props: GpuPoolProps, profile: ClusterProfile): ResolvedPool {
  const machine = props.instanceType === undefined ? undefined : instanceType(props.instanceType);
  const gpusPerNode = props.gpusPerNode ?? machine?.gpus;
  const sharing = props.sharing ?? GpuSharing.whole();
  const nodeSelector = props.nodeSelector ?? derivedSelector(name, props, profile);
  const node = nodeAmounts(props);
  const usable = besideDaemonSets(node.cpuMillis, node.memoryMib);
  return {
    placement: {
      nodeSelector: nodeSelector ?? {},
      tolerations: tolerationsOf([...poolTaints(props), ...(props.taints ? [] : spotTaints(props, profile.provider))]),
      gpu: props.gpu,
      resourceName: resourceNameOf(props, sharing),
      gpusPerNode: gpusPerNode ?? 0,
      devicesPerNode: (gpusPerNode ?? 0) * devicesPerGpu(props, sharing),
      sharing,
      capacityType: props.capacityType ?? CapacityType.ON_DEMAND,
      maxNodes: props.maxNodes,
      terminationGracePeriod: props.terminationGracePeriod,
      usableCpuMillis: usable.cpuMillis,
      usableMemoryMib: usable.memoryMib,
      efaInterfaces: machine && (machine.efa ?? 0),
    },
    problems: [
      ...shapeProblems(name, props, machine?.gpuModel, gpusPerNode),
      ...labelProblems(name, nodeSelector, profile),
    ],
  };
}

/** What pods of a node of a pool can have together, its DaemonSets among them; undefined where it is not known. */
export function nodeAmounts({ instanceType: type, nodeCpu, nodeMemory }: GpuPoolProps): NodeAmounts {
  const machine = type === undefined ? undefined : instanceType(type);
  return {
    cpuMillis: nodeCpu ? millisOf(nodeCpu.amount) : machine?.allocatableCpuMillis,
    memoryMib: nodeMemory ? Math.floor(kibibytes(nodeMemory) / 1024) : machine?.allocatableMemoryMib,
  };
}

function derivedSelector(
  name: string,
  { provisioner, instanceType: machine, gpu }: GpuPoolProps,
  profile: ClusterProfile,
): { [label: string]: string } | undefined {
  if (provisioner === Provisioner.KARPENTER) return { [POOL_LABEL]: name };
  if (machine !== undefined) return { [INSTANCE_TYPE_LABEL]: machine };
  const labels = modelLabels(gpu.key, profile);
  const single = labels.every(({ values }) => values.length === 1);
  return labels.length > 0 && single
    ? Object.fromEntries(labels.map(({ key, values }) => [key, values[0]]))
    : undefined;
}

/** Taints of the nodes of a pool, unless the provider adds one of its own. */
export function poolTaints({ gpu, taints }: GpuPoolProps): Taint[] {
  return taints ?? [{ key: gpuTaintKey(wholeResourceName(gpu)), effect: TaintEffect.NO_SCHEDULE }];
}

/** Taint that the provider itself puts on spot nodes. https://learn.microsoft.com/azure/aks/spot-node-pool */
function spotTaints({ capacityType }: GpuPoolProps, provider: Provider): Taint[] {
  if (capacityType !== CapacityType.SPOT || provider !== Provider.AZURE) return [];
  return [{ key: 'kubernetes.azure.com/scalesetpriority', value: 'spot', effect: TaintEffect.NO_SCHEDULE }];
}

/** Resource by which the vendor's device plugin offers whole devices of a model. */
export function wholeResourceName(gpu: GpuModel): string {
  return gpuModel(gpu.key)?.resourceName ?? GpuSharing.whole().resourceName;
}

/** Whole devices are offered by the vendor's own name; sharing is NVIDIA's. */
function resourceNameOf({ gpu }: GpuPoolProps, { strategy, resourceName }: GpuSharing): string {
  return strategy === 'whole' ? wholeResourceName(gpu) : resourceName;
}

function devicesPerGpu({ gpu }: GpuPoolProps, sharing: GpuSharing): number {
  if (sharing.replicas !== undefined) return sharing.replicas;
  return sharing.migProfile === undefined ? 1 : (migSlices(gpu.key, sharing.migProfile) ?? 1);
}

function shapeProblems(
  name: string,
  props: GpuPoolProps,
  machineModel: string | undefined,
  gpusPerNode: number | undefined,
): Problem[] {
  const property = props.instanceType === undefined ? 'gpusPerNode' : 'instanceType';
  if (gpusPerNode === undefined) {
    const message = `the number of GPUs of a node of pool ${name} is not known.`;
    return [{ rule: POOL_SHAPE, property, message, fix: 'Set gpusPerNode, or an instanceType of the catalogue.' }];
  }
  if (machineModel === undefined || machineModel === props.gpu.key) return [];
  const message = `pool ${name} says ${props.gpu.key}, and ${props.instanceType} has ${machineModel}.`;
  return [{ rule: POOL_SHAPE, property: 'gpu', value: props.gpu.key, message, fix: 'Correct gpu or instanceType.' }];
}

function labelProblems(
  name: string,
  nodeSelector: { readonly [label: string]: string } | undefined,
  profile: ClusterProfile,
): Problem[] {
  if (nodeSelector && Object.keys(nodeSelector).length > 0) return [];
  const message = nodeSelector
    ? `the nodeSelector of pool ${name} is empty, which selects every node.`
    : `no label is known that only the nodes of pool ${name} have on ${profile.provider}.`;
  const fix = 'Set nodeSelector to labels that the nodes really have, or set instanceType.';
  return [{ rule: POOL_LABELS, property: 'nodeSelector', message, fix }];
}
