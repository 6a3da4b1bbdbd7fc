import { Severity } from '../../../../src/policy/finding';
import { arm64Image } from '../../../../src/policy/rules/pending/arm64-image';
import type { RuleCase } from '../../rule-case';
import { podWith, TOLERATION } from './manifests';

const GPU = '{ limits: { nvidia.com/gpu: 4 } }';
const GB200 = 'nodeSelector: { cloud.google.com/gke-accelerator: nvidia-gb200, kubernetes.io/arch: arm64 }';
const affinity = (expression: string): string =>
  `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: nvidia.com/gpu.product, ${expression} }] }] } } }`;
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
    'the older label of the architecture': podWith(
      GPU,
      'nodeSelector: { cloud.google.com/gke-accelerator: nvidia-gb200, beta.kubernetes.io/arch: arm64 }',
    ),
    'the taint is tolerated beside another': podWith(
      GPU,
      'tolerations: [{ key: nvidia.com/gpu, operator: Exists }, { key: kubernetes.io/arch, operator: Exists }]\nnodeSelector: { cloud.google.com/gke-accelerator: nvidia-gb200 }',
    ),
    'no GPUs': podWith('{}', 'nodeSelector: { cloud.google.com/gke-accelerator: nvidia-gb200 }'),
    'any node': podWith(GPU),
    'not a superchip': podWith(GPU, affinity('operator: NotIn, values: [NVIDIA-GH200-480GB]')),
    'any product': podWith(GPU, affinity('operator: Exists')),
    'a superchip or another': podWith(GPU, affinity('operator: In, values: [NVIDIA-GH200-480GB, NVIDIA-X100]')),
    'a pod of every node': `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: probe, namespace: ml }
spec:
  selector: { matchLabels: { app: probe } }
  template:
    metadata: { labels: { app: probe } }
    spec:
      nodeSelector: { cloud.google.com/gke-accelerator: nvidia-gb200 }
      containers: [{ name: main, image: 'a/b:1', resources: { limits: { nvidia.com/gpu: 1 } } }]
`,
    'the image says it': podWith(GPU, 'nodeSelector: { nvidia.com/gpu.product: NVIDIA-GB200 }').replace(
      'trainer:v1',
      'trainer:v1-arm64',
    ),
    'a model beside an x86 CPU': podWith(GPU, 'nodeSelector: { nvidia.com/gpu.product: NVIDIA-B200 }'),
  },
};
