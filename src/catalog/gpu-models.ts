/** A GPU model, as its vendor, the clouds and the label makers of Kubernetes know it. What is not known is left out. */
export interface GpuModelEntry {
  readonly key: string;
  readonly name: string;
  readonly vendor: 'nvidia' | 'amd' | 'aws';
  /** Memory that programs can use, in MiB; below the figure in the name. */
  readonly memoryMib?: number;
  /** Memory as sold, in GB. */
  readonly marketingGb: number;
  /** Dense bf16 TFLOPS; left out for models that have no bf16 or whose figure is not known. */
  readonly bf16Tflops?: number;
  /** NVLink or the vendor's like, both directions, GB/s per GPU. */
  readonly nvlinkGbps?: number;
  readonly computeCapability?: string;
  /** Whether it can be cut into MIG slices. */
  readonly mig: boolean;
  /** Whether its hosts are Arm, which needs images for arm64. */
  readonly armHost?: boolean;
  /** Resource that its device plugin offers. */
  readonly resourceName: string;
  /** Label values that select it. */
  readonly labels: ModelLabels;
}

/** Label values that select a model. */
export interface ModelLabels {
  /** `nvidia.com/gpu.product`, set by GPU feature discovery. */
  readonly gfdProduct: readonly string[];
  /** `cloud.google.com/gke-accelerator`. */
  readonly gke?: string;
  /** `karpenter.k8s.aws/instance-gpu-name`, and `instance-gpu-memory` where the name alone is not enough. */
  readonly karpenterAws?: { readonly name: string; readonly memoryMib?: number };
  /** `karpenter.azure.com/sku-gpu-name`. */
  readonly karpenterAzure?: string;
}

export const GPU_MODELS_AS_OF = '2026-08-21';

export const GPU_MODELS_SOURCES = [
  // usable memory, names on AWS
  'https://github.com/aws/karpenter-provider-aws/blob/main/website/content/en/preview/reference/instance-types.md',
  // dense TFLOPS
  'https://github.com/pytorch/torchtitan/blob/main/torchtitan/tools/utils.py',
  // names on GKE
  'https://github.com/AI-Hypercomputer/xpk/blob/main/src/xpk/core/system_characteristics.py',
  // product labels
  'https://github.com/NVIDIA/k8s-device-plugin/blob/main/docs/gpu-feature-discovery/README.md',
  // names on Azure
  'https://github.com/Azure/karpenter-provider-azure/blob/main/pkg/apis/v1beta1/labels.go',
];

export const GPU_MODELS: readonly GpuModelEntry[] = [
  {
    key: 't4',
    name: 'T4',
    vendor: 'nvidia',
    memoryMib: 15360,
    marketingGb: 16,
    computeCapability: '7.5',
    mig: false,
    resourceName: 'nvidia.com/gpu',
    labels: { gfdProduct: ['Tesla-T4'], gke: 'nvidia-tesla-t4', karpenterAws: { name: 't4' }, karpenterAzure: 'T4' },
  },
  {
    key: 'v100',
    name: 'V100',
    vendor: 'nvidia',
    memoryMib: 32768,
    marketingGb: 32,
    nvlinkGbps: 300,
    computeCapability: '7.0',
    mig: false,
    resourceName: 'nvidia.com/gpu',
    labels: {
      gfdProduct: ['Tesla-V100-SXM2-16GB', 'Tesla-V100-SXM2-32GB'],
      gke: 'nvidia-tesla-v100',
      karpenterAws: { name: 'v100' },
    },
  },
  {
    key: 't4g',
    name: 'T4G',
    vendor: 'nvidia',
    memoryMib: 16384,
    marketingGb: 16,
    computeCapability: '7.5',
    mig: false,
    armHost: true,
    resourceName: 'nvidia.com/gpu',
    labels: { gfdProduct: [], karpenterAws: { name: 't4g' } },
  },
  {
    key: 'l4',
    name: 'L4',
    vendor: 'nvidia',
    memoryMib: 22888,
    marketingGb: 24,
    bf16Tflops: 121,
    computeCapability: '8.9',
    mig: false,
    resourceName: 'nvidia.com/gpu',
    labels: { gfdProduct: ['NVIDIA-L4'], gke: 'nvidia-l4', karpenterAws: { name: 'l4' } },
  },
  {
    key: 'a10g',
    name: 'A10G',
    vendor: 'nvidia',
    memoryMib: 22888,
    marketingGb: 24,
    bf16Tflops: 70,
    computeCapability: '8.6',
    mig: false,
    resourceName: 'nvidia.com/gpu',
    labels: { gfdProduct: ['NVIDIA-A10G'], karpenterAws: { name: 'a10g' } },
  },
  {
    key: 'a10',
    name: 'A10',
    vendor: 'nvidia',
    marketingGb: 24,
    bf16Tflops: 125,
    computeCapability: '8.6',
    mig: false,
    resourceName: 'nvidia.com/gpu',
    labels: { gfdProduct: ['NVIDIA-A10'], karpenterAzure: 'A10' },
  },
  {
    key: 'l40s',
    name: 'L40S',
    vendor: 'nvidia',
    memoryMib: 45776,
    marketingGb: 48,
    bf16Tflops: 362,
    computeCapability: '8.9',
    mig: false,
    resourceName: 'nvidia.com/gpu',
    labels: { gfdProduct: ['NVIDIA-L40S'], karpenterAws: { name: 'l40s' } },
  },
  {
    key: 'a100-40',
    name: 'A100 40 GB',
    vendor: 'nvidia',
    memoryMib: 40960,
    marketingGb: 40,
    bf16Tflops: 312,
    nvlinkGbps: 600,
    computeCapability: '8.0',
    mig: true,
    resourceName: 'nvidia.com/gpu',
    labels: {
      gfdProduct: ['NVIDIA-A100-SXM4-40GB', 'A100-SXM4-40GB'],
      gke: 'nvidia-tesla-a100',
      karpenterAws: { name: 'a100', memoryMib: 40960 },
    },
  },
  {
    key: 'a100-80',
    name: 'A100 80 GB',
    vendor: 'nvidia',
    memoryMib: 81920,
    marketingGb: 80,
    bf16Tflops: 312,
    nvlinkGbps: 600,
    computeCapability: '8.0',
    mig: true,
    resourceName: 'nvidia.com/gpu',
    labels: {
      gfdProduct: ['NVIDIA-A100-SXM4-80GB', 'NVIDIA-A100-80GB-PCIe'],
      gke: 'nvidia-a100-80gb',
      karpenterAws: { name: 'a100', memoryMib: 81920 },
    },
  },
  {
    key: 'h100-sxm',
    name: 'H100 SXM',
    vendor: 'nvidia',
    memoryMib: 81920,
    marketingGb: 80,
    bf16Tflops: 989,
    nvlinkGbps: 900,
    computeCapability: '9.0',
    mig: true,
    resourceName: 'nvidia.com/gpu',
    labels: {
      gfdProduct: ['NVIDIA-H100-80GB-HBM3'],
      gke: 'nvidia-h100-80gb',
      karpenterAws: { name: 'h100' },
      karpenterAzure: 'H100',
    },
  },
  {
    key: 'h100-pcie',
    name: 'H100 PCIe',
    vendor: 'nvidia',
    marketingGb: 80,
    bf16Tflops: 756,
    computeCapability: '9.0',
    mig: true,
    resourceName: 'nvidia.com/gpu',
    labels: { gfdProduct: ['NVIDIA-H100-PCIe'] },
  },
  {
    key: 'h100-nvl',
    name: 'H100 NVL',
    vendor: 'nvidia',
    marketingGb: 94,
    bf16Tflops: 835,
    nvlinkGbps: 600,
    computeCapability: '9.0',
    mig: true,
    resourceName: 'nvidia.com/gpu',
    labels: { gfdProduct: ['NVIDIA-H100-NVL'] },
  },
  {
    key: 'h200',
    name: 'H200',
    vendor: 'nvidia',
    memoryMib: 144384,
    marketingGb: 141,
    bf16Tflops: 989,
    nvlinkGbps: 900,
    computeCapability: '9.0',
    mig: true,
    resourceName: 'nvidia.com/gpu',
    labels: {
      gfdProduct: ['NVIDIA-H200'],
      gke: 'nvidia-h200-141gb',
      karpenterAws: { name: 'h200' },
      karpenterAzure: 'H200',
    },
  },
  {
    key: 'gh200',
    name: 'GH200',
    vendor: 'nvidia',
    memoryMib: 98304,
    marketingGb: 96,
    bf16Tflops: 989,
    nvlinkGbps: 900,
    computeCapability: '9.0',
    mig: true,
    armHost: true,
    resourceName: 'nvidia.com/gpu',
    labels: { gfdProduct: [] },
  },
  {
    key: 'b200',
    name: 'B200',
    vendor: 'nvidia',
    memoryMib: 183359,
    marketingGb: 180,
    bf16Tflops: 2250,
    nvlinkGbps: 1800,
    computeCapability: '10.0',
    mig: true,
    resourceName: 'nvidia.com/gpu',
    labels: { gfdProduct: ['NVIDIA-B200'], gke: 'nvidia-b200', karpenterAws: { name: 'b200' } },
  },
  {
    key: 'gb200',
    name: 'GB200',
    vendor: 'nvidia',
    marketingGb: 186,
    bf16Tflops: 2500,
    nvlinkGbps: 1800,
    computeCapability: '10.0',
    mig: true,
    armHost: true,
    resourceName: 'nvidia.com/gpu',
    labels: { gfdProduct: ['NVIDIA-GB200'], gke: 'nvidia-gb200', karpenterAzure: 'GB200' },
  },
  {
    key: 'b300',
    name: 'B300',
    vendor: 'nvidia',
    memoryMib: 275040,
    marketingGb: 288,
    bf16Tflops: 2250,
    nvlinkGbps: 1800,
    computeCapability: '10.3',
    mig: true,
    resourceName: 'nvidia.com/gpu',
    labels: { gfdProduct: ['NVIDIA-B300-SXM6-AC'], karpenterAws: { name: 'b300' } },
  },
  {
    key: 'gb300',
    name: 'GB300',
    vendor: 'nvidia',
    marketingGb: 288,
    bf16Tflops: 2500,
    nvlinkGbps: 1800,
    computeCapability: '10.3',
    mig: true,
    armHost: true,
    resourceName: 'nvidia.com/gpu',
    labels: { gfdProduct: [] },
  },
  {
    key: 'rtx-pro-6000',
    name: 'RTX PRO 6000 Blackwell',
    vendor: 'nvidia',
    memoryMib: 98304,
    marketingGb: 96,
    computeCapability: '12.0',
    mig: true,
    resourceName: 'nvidia.com/gpu',
    labels: { gfdProduct: [], karpenterAws: { name: 'rtx-pro-server-6000' }, karpenterAzure: 'RTXPRO6000BSE' },
  },
  {
    key: 'rtx-pro-4500',
    name: 'RTX PRO 4500 Blackwell',
    vendor: 'nvidia',
    memoryMib: 32768,
    marketingGb: 32,
    computeCapability: '12.0',
    mig: false,
    resourceName: 'nvidia.com/gpu',
    labels: { gfdProduct: [], karpenterAws: { name: 'rtx-pro-4500' } },
  },
  {
    key: 'mi300x',
    name: 'Instinct MI300X',
    vendor: 'amd',
    marketingGb: 192,
    bf16Tflops: 1300,
    nvlinkGbps: 896,
    mig: false,
    resourceName: 'amd.com/gpu',
    labels: { gfdProduct: [] },
  },
  {
    key: 'mi325x',
    name: 'Instinct MI325X',
    vendor: 'amd',
    marketingGb: 256,
    bf16Tflops: 1300,
    nvlinkGbps: 896,
    mig: false,
    resourceName: 'amd.com/gpu',
    labels: { gfdProduct: [] },
  },
  {
    key: 'mi355x',
    name: 'Instinct MI355X',
    vendor: 'amd',
    marketingGb: 288,
    bf16Tflops: 2500,
    mig: false,
    resourceName: 'amd.com/gpu',
    labels: { gfdProduct: [] },
  },
  {
    key: 'trainium2',
    name: 'Trainium2',
    vendor: 'aws',
    marketingGb: 96,
    mig: false,
    resourceName: 'aws.amazon.com/neuron',
    labels: { gfdProduct: [] },
  },
];
