import { profileFacts } from '../../../../src/inventory/profile';
import { Severity } from '../../../../src/policy/finding';
import { gpuToleration } from '../../../../src/policy/rules/pending/gpu-toleration';
import type { RuleCase } from '../../rule-case';
import { H100, podWith, profileWith, TOLERATION } from './manifests';

const GPU = '{ limits: { nvidia.com/gpu: 1 } }';
const at = 'spec.tolerations';

export const GPU_TOLERATION: RuleCase = {
  rule: gpuToleration,
  good: podWith(GPU, TOLERATION),
  flips: [
    {
      change: { [at]: undefined },
      at,
      says: /does not tolerate the taint nvidia.com\/gpu/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'no GPU': podWith('{ limits: { cpu: 1 } }'),
    'GKE adds it': podWith(GPU, 'nodeSelector: { cloud.google.com/gke-accelerator: nvidia-l4 }'),
    'a taint of their own nodes': podWith(GPU, 'tolerations: [{ key: sku, value: gpu, effect: NoSchedule }]'),
    'everything is tolerated': podWith(GPU, 'tolerations: [{ operator: Exists }]'),
    'a queue adds it': podWith(GPU).replace('namespace: ml', 'namespace: ml, labels: { kueue.x-k8s.io/queue-name: q }'),
  },
};

export const GPU_TOLERATION_OF_POOLS: RuleCase = {
  rule: gpuToleration,
  options: { profile: profileFacts(profileWith({ h100: H100 })) },
  good: podWith(GPU, TOLERATION),
  flips: [
    {
      change: { [at]: undefined },
      at,
      says: /nvidia.com\/gpu:NoSchedule of the nodes of h100/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'a value that the pool does not say': podWith(GPU, TOLERATION.replace('operator: Exists', 'value: present')),
  },
  cluster: 'leaves pending',
};

export const GPU_TOLERATION_WITHOUT_TAINTS: RuleCase = {
  rule: gpuToleration,
  options: {
    profile: profileFacts(
      profileWith({ h100: { ...H100, taints: [{ key: 'team', value: 'nlp', effect: 'NoSchedule' }] } }),
    ),
  },
  good: podWith(GPU, 'tolerations: [{ key: team, operator: Equal, value: nlp }]'),
  flips: [
    {
      change: { 'spec.tolerations[0].value': 'vision' },
      at,
      says: /does not tolerate team:NoSchedule/,
      severity: Severity.ERROR,
    },
  ],
};
