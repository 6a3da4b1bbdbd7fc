import { gpuModel, instanceType } from '../../../../src/catalog/catalog';
import type { InstanceTypeEntry } from '../../../../src/catalog/instance-types';
import type { ApiClient } from '../api/api-client';
import type { Manifest } from '../api/manifest';
import { PLAYED } from '../components/kwok';

/** What the agents of every node (network, storage, logs, metrics, GPUs) take from what the kubelet offers to pods. */
const AGENTS = { cpuMillis: 900, memoryMib: 1800 };
/** What the kubelet and the system keep of a machine for which the catalogue does not say it. */
const SYSTEM = 0.08;

/** How a node differs from what its machine type says. */
export interface NodeOptions {
  /** @default eu-central-1a */
  readonly zone?: string;
  /**
   * Labels beside those of the provider and of GPU feature discovery.
   *
   * @default - none
   */
  readonly labels?: { [label: string]: string };
  /** @default - `nvidia.com/gpu:NoSchedule`, or the vendor's own, on nodes with GPUs; none on others */
  readonly taints?: object[];
  /**
   * Resources instead of, or beside, those of the machine: `{ 'nvidia.com/gpu': '0', 'vpc.amazonaws.com/efa': '32' }`.
   *
   * @default - those of the machine
   */
  readonly resources?: { [resource: string]: string };
}

/**
 * A node of a machine type of the catalogue, as the cloud and the GPU operator make it: its labels, its taint, and what
 * its agents leave to pods.
 */
export function gpuNode(name: string, machineType: string, options: NodeOptions = {}): Manifest {
  const machine = machineNamed(machineType);
  const model = gpuModel(machine.gpuModel);
  if (!model) throw new Error(`the catalogue has no GPU model ${machine.gpuModel}`);
  const { cpuMillis, memoryMib } = leftToPods(machine);
  const labels = {
    'node.kubernetes.io/instance-type': machineType,
    'nvidia.com/gpu.present': 'true',
    'nvidia.com/gpu.count': String(machine.gpus),
    'nvidia.com/gpu.product': model.labels.gfdProduct[0],
    ...(machine.provider === 'gcp' && model.labels.gke ? { 'cloud.google.com/gke-accelerator': model.labels.gke } : {}),
  };
  const resources = {
    cpu: `${cpuMillis}m`,
    memory: `${memoryMib}Mi`,
    [model.resourceName ?? 'nvidia.com/gpu']: String(machine.gpus),
    ...(machine.efa ? { 'vpc.amazonaws.com/efa': String(machine.efa) } : {}),
  };
  const taint = { key: model.resourceName ?? 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' };
  return node(name, resources, { taints: [taint], ...options, labels: { ...labels, ...options.labels } });
}

/** A machine type of the catalogue. */
export function machineNamed(machineType: string): InstanceTypeEntry {
  const machine = instanceType(machineType);
  if (!machine) throw new Error(`the catalogue has no machine type ${machineType}`);
  return machine;
}

/** What a machine has for pods beside the kubelet, the system and the agents of every node. */
export function leftToPods(machine: InstanceTypeEntry): { readonly cpuMillis: number; readonly memoryMib: number } {
  const cpuMillis = machine.allocatableCpuMillis ?? machine.vcpu * 1000 * (1 - SYSTEM);
  const memoryMib = machine.allocatableMemoryMib ?? machine.memoryGib * 1024 * (1 - SYSTEM);
  return {
    cpuMillis: Math.floor(cpuMillis) - AGENTS.cpuMillis,
    memoryMib: Math.floor(memoryMib) - AGENTS.memoryMib,
  };
}

/** A node without GPUs: 8 CPUs and 32 GiB, less agents, unless `resources` says otherwise. */
export function cpuNode(name: string, options: NodeOptions = {}): Manifest {
  return node(name, { cpu: '7010m', memory: '28Gi' }, options);
}

function node(name: string, resources: { [resource: string]: string }, options: NodeOptions): Manifest {
  const allocatable = { pods: '110', 'ephemeral-storage': '900Gi', ...resources, ...options.resources };
  const zone = options.zone ?? 'eu-central-1a';
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: PLAYED,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/region': zone.replace(/-?[a-z]$/, ''),
        'topology.kubernetes.io/zone': zone,
        ...options.labels,
      },
    },
    spec: { taints: options.taints ?? [] },
    status: { allocatable, capacity: allocatable },
  };
}

/** Adds nodes and waits until they are ready for pods. */
export async function addNodes(api: ApiClient, nodes: Manifest[]): Promise<void> {
  for (const { status, ...rest } of nodes) {
    const manifest: Manifest = rest;
    await api.create(manifest);
    await api.patch(manifest, { status: status as object }, 'status');
  }
  const names = new Set(nodes.map(({ metadata }) => metadata.name));
  await api.until({ apiVersion: 'v1', kind: 'Node' }, 'nodes being ready', 60, (all) => {
    const waiting = all.filter((each) => names.has(each.metadata.name) && !isReady(each));
    return waiting.length === 0 ? undefined : `${waiting.map(({ metadata }) => metadata.name).join(', ')} not ready`;
  });
}

/**
 * Nobody reports for a node any more: after a while the cluster takes it for dead.
 *
 * KWOK leaves a node alone whose lease somebody else holds.
 */
export async function stopReporting(api: ApiClient, name: string): Promise<void> {
  const lease = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'kube-node-lease' },
  };
  await api.patch(lease, { spec: { holderIdentity: 'nobody', leaseDurationSeconds: 86_400 } });
}

interface NodeState {
  readonly spec?: { readonly taints?: { readonly key: string }[] };
  readonly status?: { readonly conditions?: { readonly type: string; readonly status: string }[] };
}

/** A new node is tainted until the controllers have seen it report. */
function isReady(node: Manifest): boolean {
  const { spec, status } = node as NodeState;
  const tainted = spec?.taints?.some(({ key }) => key.startsWith('node.kubernetes.io/')) ?? false;
  return !tainted && (status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false);
}

/** Nodes as somebody describes them: labels, taints, and what they offer to pods. */
export function describedNode(
  name: string,
  resources: { [resource: string]: string },
  labels: { [label: string]: string },
  taints: object[],
): Manifest {
  return node(name, resources, { labels, taints });
}
