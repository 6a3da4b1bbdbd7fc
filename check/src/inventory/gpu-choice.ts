import { gpuModel, instanceType } from 'cdk8s-ml/floor/catalog/catalog';
import type { GpuModelEntry } from 'cdk8s-ml/floor/catalog/gpu-models';
import { GPU_MODELS } from 'cdk8s-ml/floor/catalog/gpu-models';
import type { InstanceTypeEntry } from 'cdk8s-ml/floor/catalog/instance-types';
import { INSTANCE_TYPE_LABEL, successorOf } from 'cdk8s-ml/floor/kinds/node-labels';
import { poolsWithLabels } from './placement';
import type { NodeDemand, PodFacts } from './pod';
import type { Pool } from './pool';

// Which GPU model a pod chooses by the labels of nodes.

type Names = (model: GpuModelEntry) => readonly (string | undefined)[];

/** What the labels that tell a model say of one. */
const MODEL_LABELS: ReadonlyMap<string, Names> = new Map<string, Names>([
  ['nvidia.com/gpu.product', ({ labels }) => labels.gfdProduct],
  ['cloud.google.com/gke-accelerator', ({ labels }) => [labels.gke, labels.gkeAlso]],
  ['karpenter.k8s.aws/instance-gpu-name', ({ labels }) => [labels.karpenterAws?.name]],
  ['eks.amazonaws.com/instance-gpu-name', ({ labels }) => [labels.karpenterAws?.name]],
  ['karpenter.azure.com/sku-gpu-name', ({ labels }) => [labels.karpenterAzure]],
]);
const MEMORY_LABELS: ReadonlySet<string> = new Set([
  'karpenter.k8s.aws/instance-gpu-memory',
  'eks.amazonaws.com/instance-gpu-memory',
]);

const FAMILY_LABELS: ReadonlySet<string> = new Set([
  'karpenter.k8s.aws/instance-family',
  'eks.amazonaws.com/instance-family',
]);

/** Old families of machines with GPUs, of which the catalogue does not have every size. https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html */
const OLD_FAMILIES: ReadonlyMap<string, string> = new Map([
  ['p3', 'v100'],
  ['p3dn', 'v100'],
  ['g4dn', 't4'],
]);

/** Labels that GPU nodes have and others have not, whatever their model. */
const GPU_NODE = [
  /^nvidia\.com\/(gpu(\..+)?|mig\..+|cuda\..+|mps\..+|vgpu\..+)$/,
  /^amd\.com\/gpu(\..+)?$/,
  /^feature\.node\.kubernetes\.io\/pci-(03\d\d_)?(10de|1002)(_|\.).*present$/,
  /^cloud\.google\.com\/gke-(accelerator|gpu|tpu)(-.+)?$/,
  /^(karpenter\.k8s\.aws|eks\.amazonaws\.com)\/instance-(gpu|accelerator)-.+$/,
  /^karpenter\.azure\.com\/sku-gpu-.+$/,
  /^k8s\.amazonaws\.com\/accelerator$/,
  /^(kubernetes\.azure\.com\/)?accelerator$/,
];

/** Labels that say nothing of what GPU a node has, and of which group it is. */
const GENERIC = [
  /^(beta\.)?kubernetes\.io\/(os|arch)$/,
  /^(topology|failure-domain(\.beta)?)\.kubernetes\.io\/(zone|region)$/,
  /^topology\.k8s\.aws\/zone-id$/,
  /^karpenter\.sh\/capacity-type$/,
  /^eks\.amazonaws\.com\/capacityType$/,
  /^cloud\.google\.com\/gke-(spot|preemptible|provisioning)$/,
  /^kubernetes\.azure\.com\/(scalesetpriority|accelerator|mode)$/,
  /^nvidia\.com\/(gpu|gpu\.present|gpu\.deploy\..+)$/,
  /^amd\.com\/gpu$/,
  /^feature\.node\.kubernetes\.io\/pci-.*present$/,
  /^node-role\.kubernetes\.io\/.+$/,
  /^gpu$/,
  /^kubernetes\.io\/hostname$/,
];

/** Whether a label is one of GPU nodes, or a value of it is one of a machine with GPUs. */
export function isOfGpuNodes({ key, operator, values }: NodeDemand): boolean {
  if (operator === 'NotIn' || operator === 'DoesNotExist' || operator === 'Lt') return false;
  if (values.length > 0 && values.every((value) => /^(false|no|none|0)$/i.test(value))) return false;
  if (GPU_NODE.some((pattern) => pattern.test(key))) return true;
  if (isInstanceType(key)) return values.length > 0 && values.every((value) => instanceType(value) !== undefined);
  return key === 'gpu' && (values.length === 0 || values.some((value) => /^(true|yes|nvidia.*)$/.test(value)));
}

/** Whether a demand narrows down which GPU the pod gets, or which group of nodes it goes to. */
export function isChoice({ key, values }: NodeDemand): boolean {
  if (key === 'accelerator') return values.some((value) => value !== 'nvidia');
  return !GENERIC.some((pattern) => pattern.test(key));
}

function isInstanceType(key: string): boolean {
  return key === INSTANCE_TYPE_LABEL || successorOf(key) === INSTANCE_TYPE_LABEL;
}

/** The machine types that a pod goes to, when it names some. */
export function chosenMachines({ nodeDemands }: PodFacts): InstanceTypeEntry[] {
  const named = nodeDemands.filter(({ key, operator }) => operator === 'In' && isInstanceType(key));
  return named.flatMap(({ values }) => values.flatMap((value) => instanceType(value) ?? []));
}

/** The models of which a pod gets one, when its demands on nodes tell; undefined when they do not, or name one that is not known. */
export function chosenModels(pod: PodFacts): readonly GpuModelEntry[] | undefined {
  let models: readonly GpuModelEntry[] | undefined;
  for (const demand of pod.nodeDemands) {
    const of = modelsOf(demand);
    if (of !== undefined) models = models === undefined ? of : models.filter((model) => of.includes(model));
  }
  return models === undefined || models.length === 0 ? undefined : models;
}

function modelsOf({ key, operator, values }: NodeDemand): readonly GpuModelEntry[] | undefined {
  if (operator !== 'In' || values.length === 0) return undefined;
  if (isInstanceType(key)) return ofEach(values, (value) => instanceType(value)?.gpuModel ?? oldModel(value));
  if (FAMILY_LABELS.has(key)) return ofEach(values, oldModel);
  if (MEMORY_LABELS.has(key)) {
    return GPU_MODELS.filter(({ memoryMib }) => memoryMib !== undefined && values.includes(String(memoryMib)));
  }
  const names = MODEL_LABELS.get(key);
  if (names === undefined) return undefined;
  const wanted = values.map((value) => value.replace(/(-MIG-.*)?(-SHARED)?$/, ''));
  const found = wanted.map((value) => GPU_MODELS.filter((model) => names(model).includes(value)));
  return found.some((models) => models.length === 0) ? undefined : found.flat();
}

/** The models of machines or families; undefined when one of them is not known. */
function ofEach(
  values: readonly string[],
  modelOf: (value: string) => string | undefined,
): readonly GpuModelEntry[] | undefined {
  const models = values.map((value) => gpuModel(modelOf(value) ?? ''));
  return models.includes(undefined) ? undefined : (models as GpuModelEntry[]);
}

/** The model of the machines of an old family, or of one of them. */
function oldModel(machine: string): string | undefined {
  return OLD_FAMILIES.get(machine.replace(/\..*$/, ''));
}

/** The models of which a pod gets one, by its demands or else by the pools that it may go to; undefined when it is not known. */
export function modelsFor(pod: PodFacts, pools: readonly Pool[] | undefined): readonly GpuModelEntry[] | undefined {
  const chosen = chosenModels(pod);
  if (chosen !== undefined || pools === undefined) return chosen;
  const models = poolsWithLabels(pools, pod).map(({ model }) => model);
  return models.length === 0 || models.includes(undefined) ? undefined : [...new Set(models as GpuModelEntry[])];
}
