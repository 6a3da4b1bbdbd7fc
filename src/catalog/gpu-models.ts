import type { DataSource } from './data-source';

/** Values of the node labels that tell a GPU model; what is left out is not known, or there is no such label. */
export interface ModelLabels {
  /**
   * Values of `nvidia.com/gpu.product`, which GPU feature discovery sets. On shared GPUs and MIG slices they get the
   * suffixes `-SHARED` and `-MIG-<profile>`.
   */
  readonly gfdProduct: readonly string[];
  /** Value of `cloud.google.com/gke-accelerator`. */
  readonly gke?: string;
  /** Its value on another family of machines with the same model. */
  readonly gkeAlso?: string;
  /**
   * Values of `karpenter.k8s.aws/instance-gpu-name` and, where the name fits two models, `instance-gpu-memory`; the same
   * under `eks.amazonaws.com` in EKS Auto Mode.
   */
  readonly karpenterAws?: { readonly name: string; readonly memoryMib?: number };
  /** Value of `karpenter.azure.com/sku-gpu-name`, which does not tell variants of the A100 and H100 apart. */
  readonly karpenterAzure?: string;
}

/** What is known of a model of GPU or other accelerator; what is not known is left out. */
export interface GpuModelEntry {
  /** Key by which profiles and workloads name it. */
  readonly key: string;
  readonly name: string;
  readonly vendor: 'nvidia' | 'amd' | 'aws' | 'intel';
  /** Memory that a program can use, below what the vendor's name says. */
  readonly memoryMib?: number;
  /** Memory in the vendor's name, decimal. */
  readonly marketingGb?: number;
  /** Dense bf16 speed; 0 when the model cannot compute in bf16. */
  readonly bf16Tflops?: number;
  /** NVLink speed of one GPU, both directions together. */
  readonly nvlinkGigabytesPerSecond?: number;
  readonly computeCapability?: string;
  /** Whether it can be cut into MIG slices. */
  readonly mig?: boolean;
  /** Whether it sits beside an Arm CPU, so that images must be built for arm64. */
  readonly arm64Host?: boolean;
  /** Resource by which its device plugin offers it. */
  readonly resourceName: string;
  readonly labels: ModelLabels;
}

/** Sources of the figures in this file. */
export const GPU_MODEL_SOURCES: readonly DataSource[] = [
  {
    what: 'memoryMib, as EC2 reports it (label instance-gpu-memory); labels.karpenterAws',
    asOf: '2026-08-21',
    source:
      'https://github.com/aws/karpenter-provider-aws/blob/main/website/content/en/preview/reference/instance-types.md',
    checked: true,
  },
  {
    what: 'memoryMib of the T4, which EC2 gives as the nominal 16384; names of the labels of GPU feature discovery',
    asOf: '2026-08-19',
    source: 'https://github.com/NVIDIA/k8s-device-plugin/blob/main/docs/gpu-feature-discovery/README.md',
    checked: true,
  },
  {
    what: 'memoryMib of the GH200',
    asOf: '2025',
    source: 'https://github.com/skypilot-org/skypilot-catalog/tree/master/catalogs/v8/lambda',
    checked: true,
  },
  {
    what: 'bf16Tflops of A100, H100, H200, B200, GB200, B300, GB300, L40S, MI300X, MI325X and MI355X',
    asOf: '2026-08-21',
    source: 'https://github.com/pytorch/torchtitan/blob/main/torchtitan/tools/utils.py',
    checked: true,
  },
  {
    what: 'bf16Tflops of the others, nvlinkGigabytesPerSecond, computeCapability',
    asOf: '2026-08-21',
    source: 'https://www.nvidia.com/en-us/data-center/products/',
    checked: false,
  },
  {
    what: 'labels.gke, labels.gkeAlso',
    asOf: '2026-06-25',
    source: 'https://github.com/AI-Hypercomputer/xpk/blob/main/src/xpk/core/system_characteristics.py',
    checked: true,
  },
  {
    what: 'labels.gke of T4, V100 and A100 with 80 GB',
    asOf: '2026-08-21',
    source:
      'https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/gce/gce_price_info.go',
    checked: true,
  },
  {
    what: 'labels.karpenterAzure',
    asOf: '2026-08-21',
    source: 'https://github.com/Azure/karpenter-provider-azure/blob/main/pkg/apis/v1beta1/labels.go',
    checked: true,
  },
  {
    what: 'labels.gfdProduct of L4, L40S, H100 and H200: names of nvidia-smi with hyphens for spaces',
    asOf: '2026-08-21',
    source: 'https://github.com/NVIDIA/k8s-device-plugin/blob/main/docs/gpu-feature-discovery/README.md',
    checked: false,
  },
];

const NO_LABELS: ModelLabels = { gfdProduct: [] };
const NVIDIA = { vendor: 'nvidia', resourceName: 'nvidia.com/gpu' } as const;
const AMD = { vendor: 'amd', resourceName: 'amd.com/gpu' } as const;
const NEURON = { vendor: 'aws', resourceName: 'aws.amazon.com/neuron' } as const;

/** The models that are known, older ones first. */
export const GPU_MODELS: readonly GpuModelEntry[] = [
  {
    ...NVIDIA,
    key: 't4',
    name: 'NVIDIA T4',
    memoryMib: 15360,
    marketingGb: 16,
    bf16Tflops: 0,
    computeCapability: '7.5',
    mig: false,
    labels: {
      gfdProduct: ['Tesla-T4'],
      gke: 'nvidia-tesla-t4',
      karpenterAws: { name: 't4' },
      karpenterAzure: 'T4',
    },
  },
  {
    ...NVIDIA,
    key: 't4g',
    name: 'NVIDIA T4G',
    memoryMib: 16384,
    marketingGb: 16,
    bf16Tflops: 0,
    computeCapability: '7.5',
    mig: false,
    arm64Host: true,
    labels: NO_LABELS,
  },
  {
    // Comes with 16 and with 32 GB: the memory is known of a machine type only.
    ...NVIDIA,
    key: 'v100',
    name: 'NVIDIA V100',
    bf16Tflops: 0,
    nvlinkGigabytesPerSecond: 300,
    computeCapability: '7.0',
    mig: false,
    labels: {
      gfdProduct: ['Tesla-V100-SXM2-16GB'],
      gke: 'nvidia-tesla-v100',
      karpenterAws: { name: 'v100' },
    },
  },
  {
    ...NVIDIA,
    key: 'l4',
    name: 'NVIDIA L4',
    memoryMib: 22888,
    marketingGb: 24,
    bf16Tflops: 121,
    computeCapability: '8.9',
    mig: false,
    labels: { gfdProduct: ['NVIDIA-L4'], gke: 'nvidia-l4', karpenterAws: { name: 'l4' } },
  },
  {
    ...NVIDIA,
    key: 'a10g',
    name: 'NVIDIA A10G',
    memoryMib: 22888,
    marketingGb: 24,
    bf16Tflops: 70,
    computeCapability: '8.6',
    mig: false,
    labels: { gfdProduct: ['NVIDIA-A10G'], karpenterAws: { name: 'a10g' } },
  },
  {
    ...NVIDIA,
    key: 'a10',
    name: 'NVIDIA A10',
    marketingGb: 24,
    bf16Tflops: 125,
    computeCapability: '8.6',
    mig: false,
    labels: { gfdProduct: ['NVIDIA-A10'], karpenterAzure: 'A10' },
  },
  { ...NVIDIA, key: 'a30', name: 'NVIDIA A30', marketingGb: 24, mig: true, labels: NO_LABELS },
  {
    ...NVIDIA,
    key: 'l40s',
    name: 'NVIDIA L40S',
    memoryMib: 45776,
    marketingGb: 48,
    bf16Tflops: 362,
    computeCapability: '8.9',
    mig: false,
    labels: { gfdProduct: ['NVIDIA-L40S'], karpenterAws: { name: 'l40s' } },
  },
  {
    ...NVIDIA,
    key: 'a100-40',
    name: 'NVIDIA A100 40GB',
    memoryMib: 40960,
    marketingGb: 40,
    bf16Tflops: 312,
    nvlinkGigabytesPerSecond: 600,
    computeCapability: '8.0',
    mig: true,
    labels: {
      gfdProduct: ['NVIDIA-A100-SXM4-40GB', 'A100-SXM4-40GB'], // old drivers leave the vendor out
      gke: 'nvidia-tesla-a100',
      karpenterAws: { name: 'a100', memoryMib: 40960 },
      karpenterAzure: 'A100',
    },
  },
  {
    ...NVIDIA,
    key: 'a100-80',
    name: 'NVIDIA A100 80GB',
    memoryMib: 81920,
    marketingGb: 80,
    bf16Tflops: 312,
    nvlinkGigabytesPerSecond: 600, // of the SXM4 part; Azure's NC_A100_v4 has the PCIe part
    computeCapability: '8.0',
    mig: true,
    labels: {
      gfdProduct: ['NVIDIA-A100-SXM4-80GB', 'A100-SXM4-80GB', 'NVIDIA-A100-80GB-PCIe'],
      gke: 'nvidia-a100-80gb',
      karpenterAws: { name: 'a100', memoryMib: 81920 },
      karpenterAzure: 'A100',
    },
  },
  {
    ...NVIDIA,
    key: 'h100-sxm',
    name: 'NVIDIA H100 SXM',
    memoryMib: 81920,
    marketingGb: 80,
    bf16Tflops: 989,
    nvlinkGigabytesPerSecond: 900,
    computeCapability: '9.0',
    mig: true,
    labels: {
      gfdProduct: ['NVIDIA-H100-80GB-HBM3'],
      gke: 'nvidia-h100-80gb',
      gkeAlso: 'nvidia-h100-mega-80gb',
      karpenterAws: { name: 'h100' },
      karpenterAzure: 'H100',
    },
  },
  {
    ...NVIDIA,
    key: 'h100-pcie',
    name: 'NVIDIA H100 PCIe',
    marketingGb: 80,
    bf16Tflops: 756,
    computeCapability: '9.0',
    mig: true,
    labels: { gfdProduct: ['NVIDIA-H100-PCIe'] },
  },
  {
    ...NVIDIA,
    key: 'h100-nvl',
    name: 'NVIDIA H100 NVL',
    marketingGb: 94,
    bf16Tflops: 835,
    nvlinkGigabytesPerSecond: 600, // between the two GPUs of a bridged pair
    computeCapability: '9.0',
    mig: true,
    labels: { gfdProduct: ['NVIDIA-H100-NVL'], karpenterAzure: 'H100' },
  },
  {
    ...NVIDIA,
    key: 'h200',
    name: 'NVIDIA H200',
    memoryMib: 144384,
    marketingGb: 141,
    bf16Tflops: 989,
    nvlinkGigabytesPerSecond: 900,
    computeCapability: '9.0',
    mig: true,
    labels: {
      gfdProduct: ['NVIDIA-H200'],
      gke: 'nvidia-h200-141gb',
      karpenterAws: { name: 'h200' },
      karpenterAzure: 'H200',
    },
  },
  {
    ...NVIDIA,
    key: 'gh200',
    name: 'NVIDIA GH200 96GB',
    memoryMib: 98304,
    marketingGb: 96,
    bf16Tflops: 989,
    nvlinkGigabytesPerSecond: 900,
    computeCapability: '9.0',
    mig: true,
    arm64Host: true,
    labels: NO_LABELS,
  },
  {
    ...NVIDIA,
    key: 'gh200-144',
    name: 'NVIDIA GH200 144GB',
    marketingGb: 144,
    bf16Tflops: 989,
    nvlinkGigabytesPerSecond: 900,
    computeCapability: '9.0',
    mig: true,
    arm64Host: true,
    labels: NO_LABELS,
  },
  {
    ...NVIDIA,
    key: 'b200',
    name: 'NVIDIA B200',
    memoryMib: 183359,
    marketingGb: 180,
    bf16Tflops: 2250,
    nvlinkGigabytesPerSecond: 1800,
    computeCapability: '10.0',
    mig: true,
    labels: { gfdProduct: ['NVIDIA-B200'], gke: 'nvidia-b200', karpenterAws: { name: 'b200' } },
  },
  {
    ...NVIDIA,
    key: 'gb200',
    name: 'NVIDIA GB200',
    marketingGb: 186,
    bf16Tflops: 2500,
    nvlinkGigabytesPerSecond: 1800,
    computeCapability: '10.0',
    mig: true,
    arm64Host: true,
    labels: { gfdProduct: ['NVIDIA-GB200'], gke: 'nvidia-gb200', karpenterAzure: 'GB200' },
  },
  {
    ...NVIDIA,
    key: 'b300',
    name: 'NVIDIA B300',
    memoryMib: 275040,
    marketingGb: 288,
    bf16Tflops: 2250,
    nvlinkGigabytesPerSecond: 1800,
    computeCapability: '10.3',
    mig: true,
    labels: { gfdProduct: ['NVIDIA-B300-SXM6-AC'], karpenterAws: { name: 'b300' } },
  },
  {
    ...NVIDIA,
    key: 'gb300',
    name: 'NVIDIA GB300',
    marketingGb: 288,
    bf16Tflops: 2500,
    nvlinkGigabytesPerSecond: 1800,
    computeCapability: '10.3',
    mig: true,
    arm64Host: true,
    labels: NO_LABELS,
  },
  {
    ...NVIDIA,
    key: 'rtx-pro-6000',
    name: 'NVIDIA RTX PRO 6000 Blackwell Server Edition',
    memoryMib: 98304,
    marketingGb: 96,
    computeCapability: '12.0',
    mig: true,
    labels: {
      gfdProduct: [],
      karpenterAws: { name: 'rtx-pro-server-6000' },
      karpenterAzure: 'RTXPRO6000BSE',
    },
  },
  {
    ...NVIDIA,
    key: 'rtx-pro-4500',
    name: 'NVIDIA RTX PRO 4500 Blackwell',
    memoryMib: 32768,
    marketingGb: 32,
    computeCapability: '12.0',
    labels: { gfdProduct: [], karpenterAws: { name: 'rtx-pro-4500' } },
  },
  { ...AMD, key: 'mi300x', name: 'AMD MI300X', marketingGb: 192, bf16Tflops: 1300, mig: false, labels: NO_LABELS },
  { ...AMD, key: 'mi325x', name: 'AMD MI325X', marketingGb: 256, bf16Tflops: 1300, mig: false, labels: NO_LABELS },
  { ...AMD, key: 'mi355x', name: 'AMD MI355X', marketingGb: 288, bf16Tflops: 2500, labels: NO_LABELS },
  { ...NEURON, key: 'trainium', name: 'AWS Trainium', labels: NO_LABELS },
  { ...NEURON, key: 'trainium2', name: 'AWS Trainium2', marketingGb: 96, labels: NO_LABELS },
  { ...NEURON, key: 'inferentia2', name: 'AWS Inferentia2', labels: NO_LABELS },
  { key: 'gaudi', name: 'Intel Gaudi', vendor: 'intel', resourceName: 'habana.ai/gaudi', labels: NO_LABELS },
];
