import { Severity } from '../../../../src/policy/finding';
import { numberFormatOfNewerGpu } from '../../../../src/policy/rules/oom/number-format-of-newer-gpu';
import { CONTAINER, jobWith, POD } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const manifest = (args: string, label: string, more = ''): string =>
  jobWith({
    pod: `nodeSelector: { ${label} }`,
    container: `args: [${args}]\nresources: { limits: { nvidia.com/gpu: 1, memory: 16Gi } }\n${more}`,
  });
const T4 = 'cloud.google.com/gke-accelerator: nvidia-tesla-t4';
const A100 = 'cloud.google.com/gke-accelerator: nvidia-tesla-a100';
const L4 = 'cloud.google.com/gke-accelerator: nvidia-l4';

export const NUMBER_FORMAT_OF_NEWER_GPU: RuleCase = {
  rule: numberFormatOfNewerGpu,
  good: manifest('--bf16', A100),
  flips: [
    {
      change: { [`${POD}.nodeSelector`]: { 'cloud.google.com/gke-accelerator': 'nvidia-tesla-t4' } },
      at: CONTAINER,
      says: /computes in bf16 in container main, which .*T4 cannot/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${POD}.nodeSelector`]: { 'node.kubernetes.io/instance-type': 'g4dn.xlarge' } },
      at: CONTAINER,
      says: /computes in bf16 .*T4/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${POD}.nodeSelector`]: { 'node.kubernetes.io/instance-type': 'p3.8xlarge' } },
      at: CONTAINER,
      says: /computes in bf16 .*V100/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${POD}.nodeSelector`]: { 'karpenter.k8s.aws/instance-family': 'g4dn' } },
      at: CONTAINER,
      says: /computes in bf16 .*T4/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${CONTAINER}.args`]: ['--mixed_precision=fp8'] },
      at: CONTAINER,
      says: /computes in fp8 .*A100/,
      severity: Severity.ERROR,
    },
    {
      change: {
        [`${CONTAINER}.args`]: ['--dtype=bfloat16'],
        [`${POD}.nodeSelector`]: { 'cloud.google.com/gke-accelerator': 'nvidia-tesla-t4' },
      },
      at: CONTAINER,
      says: /computes in bf16 .*T4/,
      severity: Severity.ERROR,
    },
    {
      change: {
        [`${CONTAINER}.args`]: undefined,
        [`${CONTAINER}.env`]: [
          { name: 'MODE', value: 'fast' },
          { name: 'ACCELERATE_MIXED_PRECISION', value: 'bf16' },
        ],
        [`${POD}.nodeSelector`]: { 'cloud.google.com/gke-accelerator': 'nvidia-tesla-t4' },
      },
      at: CONTAINER,
      says: /computes in bf16 .*T4/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'a container without GPUs': manifest('--bf16', T4).replace('nvidia.com/gpu: 1, ', ''),
    'another variable': manifest('', T4, 'env: [{ name: EXPORT_FORMAT, value: bf16 }]'),
    'one of two GPUs has it': manifest('--bf16', 'pool: gpu').replace(
      'nodeSelector: { pool: gpu }',
      'affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [g4dn, g6] }] }] } } }',
    ),
    'fp16 everywhere': manifest('--fp16', T4),
    'switched off': manifest('--bf16, "False"', T4),
    'fp8 on a GPU that has it': manifest('--mixed_precision=fp8', L4),
    'weights alone in fp8': manifest('--quantization, fp8', A100),
    'any GPU': manifest('--bf16', 'pool: gpu'),
  },
};
