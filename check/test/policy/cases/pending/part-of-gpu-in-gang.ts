import { Severity } from '../../../../src/policy/finding';
import { partOfGpuInGang } from '../../../../src/policy/rules/pending/part-of-gpu-in-gang';
import type { RuleCase } from '../../rule-case';
import { podWith, RESOURCES, TOLERATION } from './manifests';

const limits = `${RESOURCES}.limits`;
const slice = `${limits}['nvidia.com/mig-1g.10gb']`;

export const PART_OF_GPU_IN_GANG: RuleCase = {
  rule: partOfGpuInGang,
  good: podWith('{ limits: { nvidia.com/mig-1g.10gb: 1 } }', TOLERATION),
  flips: [
    {
      change: { [slice]: 2 },
      at: slice,
      says: /asks for 2 of .*, and a process can use 1/,
      severity: Severity.WARNING,
    },
    {
      change: { [limits]: { 'nvidia.com/gpu.shared': 2 } },
      at: `${limits}['nvidia.com/gpu.shared']`,
      says: /asks for 2 of nvidia.com\/gpu.shared/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${limits}['nvidia.com/gpu']`]: 1 },
      at: slice,
      says: /beside whole GPUs/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.containers[0].command': ['torchrun', '--nproc-per-node=4', 'train.py'] },
      at: slice,
      says: /starts 4 processes on 1 of/,
      severity: Severity.WARNING,
    },
  ],
  silent: { 'several whole GPUs': podWith('{ limits: { nvidia.com/gpu: 8 } }') },
};

export const PARTS_OF_GPUS_IN_GANG: RuleCase = {
  rule: partOfGpuInGang,
  good: `
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata: { name: llm, namespace: ml, labels: { kueue.x-k8s.io/queue-name: research } }
spec:
  pytorchReplicaSpecs:
    Worker:
      replicas: 1
      template:
        spec:
          tolerations: [{ key: nvidia.com/gpu, operator: Exists }]
          containers:
          - { name: pytorch, image: 'example.com/llm:v1', resources: { limits: { nvidia.com/mig-3g.40gb: 1 } } }
`,
  flips: [
    {
      change: { 'spec.pytorchReplicaSpecs.Worker.replicas': 3 },
      at: "spec.pytorchReplicaSpecs.Worker.template.spec.containers[0].resources.limits['nvidia.com/mig-3g.40gb']",
      says: /joins 3 pods on nvidia.com\/mig-3g.40gb/,
      severity: Severity.WARNING,
    },
  ],
};
