import type { DataSource } from './data-source';

/** Values of the node labels that tell a GPU model; a provider without a value has no label for it that is known. */
export interface GpuModelLabels {
  /**
   * Values of `nvidia.com/gpu.product`, which GPU feature discovery sets. On shared GPUs and MIG slices they get the
   * suffixes `-SHARED` and `-MIG-<profile>`.
   */
  readonly gpuProducts: readonly string[];
  /** Values of `cloud.google.com/gke-accelerator`. */
  readonly gkeAccelerators: readonly string[];
  /** Value of `karpenter.k8s.aws/instance-gpu-name` (and of `eks.amazonaws.com/instance-gpu-name` in EKS Auto Mode). */
  readonly awsGpuName?: string;
  /** Value of `karpenter.k8s.aws/instance-gpu-memory`, where the name alone fits two models. */
  readonly awsGpuMemoryMib?: number;
  /** Value of `karpenter.azure.com/sku-gpu-name`; A100 and H100 do not tell their variants apart. */
  readonly azureGpuName?: string;
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
  readonly labels: GpuModelLabels;
}

/** Sources of the figures in this file. */
export const GPU_MODEL_SOURCES: readonly DataSource[] = [
  {
    what: 'memoryMib, as EC2 reports it (label instance-gpu-memory); awsGpuName, awsGpuMemoryMib',
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
    what: 'gkeAccelerators',
    asOf: '2026-06-25',
    source: 'https://github.com/AI-Hypercomputer/xpk/blob/main/src/xpk/core/system_characteristics.py',
    checked: true,
  },
  {
    what: 'gkeAccelerators of T4, V100 and A100 with 80 GB',
    asOf: '2026-08-21',
    source:
      'https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/gce/gce_price_info.go',
    checked: true,
  },
  {
    what: 'azureGpuName',
    asOf: '2026-08-21',
    source: 'https://github.com/Azure/karpenter-provider-azure/blob/main/pkg/apis/v1beta1/labels.go',
    checked: true,
  },
  {
    what: 'gpuProducts of L4, L40S, H100 and H200: names of nvidia-smi with hyphens for spaces',
    asOf: '2026-08-21',
    source: 'https://github.com/NVIDIA/k8s-device-plugin/blob/main/docs/gpu-feature-discovery/README.md',
    checked: false,
  },
];

const NO_LABELS: GpuModelLabels = { gpuProducts: [], gkeAccelerators: [] };
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
      gpuProducts: ['Tesla-T4'],
      gkeAccelerators: ['nvidia-tesla-t4'],
      awsGpuName: 't4',
      azureGpuName: 'T4',
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
      gpuProducts: ['Tesla-V100-SXM2-16GB'],
      gkeAccelerators: ['nvidia-tesla-v100'],
      awsGpuName: 'v100',
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
    labels: { gpuProducts: ['NVIDIA-L4'], gkeAccelerators: ['nvidia-l4'], awsGpuName: 'l4' },
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
    labels: { gpuProducts: ['NVIDIA-A10G'], gkeAccelerators: [], awsGpuName: 'a10g' },
  },
  {
    ...NVIDIA,
    key: 'a10',
    name: 'NVIDIA A10',
    marketingGb: 24,
    bf16Tflops: 125,
    computeCapability: '8.6',
    mig: false,
    labels: { gpuProducts: ['NVIDIA-A10'], gkeAccelerators: [], azureGpuName: 'A10' },
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
    labels: { gpuProducts: ['NVIDIA-L40S'], gkeAccelerators: [], awsGpuName: 'l40s' },
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
      gpuProducts: ['NVIDIA-A100-SXM4-40GB', 'A100-SXM4-40GB'], // old drivers leave the vendor out
      gkeAccelerators: ['nvidia-tesla-a100'],
      awsGpuName: 'a100',
      awsGpuMemoryMib: 40960,
      azureGpuName: 'A100',
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
      gpuProducts: ['NVIDIA-A100-SXM4-80GB', 'A100-SXM4-80GB', 'NVIDIA-A100-80GB-PCIe'],
      gkeAccelerators: ['nvidia-a100-80gb'],
      awsGpuName: 'a100',
      awsGpuMemoryMib: 81920,
      azureGpuName: 'A100',
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
      gpuProducts: ['NVIDIA-H100-80GB-HBM3'],
      gkeAccelerators: ['nvidia-h100-80gb', 'nvidia-h100-mega-80gb'],
      awsGpuName: 'h100',
      azureGpuName: 'H100',
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
    labels: { gpuProducts: ['NVIDIA-H100-PCIe'], gkeAccelerators: [] },
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
    labels: { gpuProducts: ['NVIDIA-H100-NVL'], gkeAccelerators: [], azureGpuName: 'H100' },
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
      gpuProducts: ['NVIDIA-H200'],
      gkeAccelerators: ['nvidia-h200-141gb'],
      awsGpuName: 'h200',
      azureGpuName: 'H200',
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
    labels: { gpuProducts: ['NVIDIA-B200'], gkeAccelerators: ['nvidia-b200'], awsGpuName: 'b200' },
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
    labels: { gpuProducts: ['NVIDIA-GB200'], gkeAccelerators: ['nvidia-gb200'], azureGpuName: 'GB200' },
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
    labels: { gpuProducts: ['NVIDIA-B300-SXM6-AC'], gkeAccelerators: [], awsGpuName: 'b300' },
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
      gpuProducts: [],
      gkeAccelerators: [],
      awsGpuName: 'rtx-pro-server-6000',
      azureGpuName: 'RTXPRO6000BSE',
    },
  },
  {
    ...NVIDIA,
    key: 'rtx-pro-4500',
    name: 'NVIDIA RTX PRO 4500 Blackwell',
    memoryMib: 32768,
    marketingGb: 32,
    computeCapability: '12.0',
    labels: { gpuProducts: [], gkeAccelerators: [], awsGpuName: 'rtx-pro-4500' },
  },
  { ...AMD, key: 'mi300x', name: 'AMD MI300X', marketingGb: 192, bf16Tflops: 1300, mig: false, labels: NO_LABELS },
  { ...AMD, key: 'mi325x', name: 'AMD MI325X', marketingGb: 256, bf16Tflops: 1300, mig: false, labels: NO_LABELS },
  { ...AMD, key: 'mi355x', name: 'AMD MI355X', marketingGb: 288, bf16Tflops: 2500, labels: NO_LABELS },
  { ...NEURON, key: 'trainium', name: 'AWS Trainium', labels: NO_LABELS },
  { ...NEURON, key: 'trainium2', name: 'AWS Trainium2', marketingGb: 96, labels: NO_LABELS },
  { ...NEURON, key: 'inferentia2', name: 'AWS Inferentia2', labels: NO_LABELS },
  { key: 'gaudi', name: 'Intel Gaudi', vendor: 'intel', resourceName: 'habana.ai/gaudi', labels: NO_LABELS },
];
