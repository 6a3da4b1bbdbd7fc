import { Severity } from '../../../../src/policy/finding';
import { arm64Image } from '../../../../src/policy/rules/pending/arm64-image';
import type { RuleCase } from '../../rule-case';
import { podWith, TOLERATION } from './manifests';

const GPU = '{ limits: { nvidia.com/gpu: 4 } }';
const GB200 = 'nodeSelector: { cloud.google.com/gke-accelerator: nvidia-gb200, kubernetes.io/arch: arm64 }';
const at = 'spec.containers[0].image';

export const ARM64_IMAGE: RuleCase = {
  rule: arm64Image,
  good: podWith(GPU, `${TOLERATION}\n${GB200}`),
  flips: [
    {
      change: { "spec.nodeSelector['kubernetes.io/arch']": undefined },
      at,
      says: /runs registry.example.com\/trainer:v1 on NVIDIA GB200, whose nodes are arm64/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.nodeSelector': { 'nvidia.com/gpu.product': 'NVIDIA-GH200-480GB' } },
      at,
      says: /on NVIDIA-GH200-480GB, whose nodes are arm64/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.nodeSelector': { 'karpenter.k8s.aws/instance-family': 'g5g' } },
      at,
      says: /on g5g, whose nodes are arm64/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'the taint of the architecture is tolerated': podWith(
      GPU,
      'tolerations: [{ key: kubernetes.io/arch, operator: Exists }]\nnodeSelector: { cloud.google.com/gke-accelerator: nvidia-gb200 }',
    ),
    'the image says it': podWith(GPU, 'nodeSelector: { nvidia.com/gpu.product: NVIDIA-GB200 }').replace(
      'trainer:v1',
      'trainer:v1-arm64',
    ),
    'a model beside an x86 CPU': podWith(GPU, 'nodeSelector: { nvidia.com/gpu.product: NVIDIA-B200 }'),
  },
};
