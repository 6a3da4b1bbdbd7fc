import type { Json } from '../../../../src/inventory/json';
import { profileFacts } from '../../../../src/inventory/profile';
import { Severity } from '../../../../src/policy/finding';
import { nodeLabelNobodySets } from '../../../../src/policy/rules/pending/node-label-nobody-sets';
import type { RuleCase } from '../../rule-case';
import { H100, podWith, profileWith, TOLERATION } from './manifests';

const GPU = '{ limits: { nvidia.com/gpu: 1 } }';
const selector = 'spec.nodeSelector';
const TERMS = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
type Demand = { [key: string]: Json };
const affinity = (...terms: Demand[][]): { [key: string]: Json } => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: terms.map((matchExpressions) => ({ matchExpressions })),
    },
  },
});
const wrong = (label: string, value: string): RuleCase['flips'][number] => ({
  change: { [selector]: { [label]: value } },
  at: label.includes('/') ? `${selector}['${label}']` : `${selector}.${label}`,
  says: new RegExp(`${label}=${value}, a label that nothing sets`),
  severity: Severity.WARNING,
});

export const NODE_LABEL_NOBODY_SETS: RuleCase = {
  rule: nodeLabelNobodySets,
  good: podWith(GPU, `${TOLERATION}\nnodeSelector: { nvidia.com/gpu.present: 'true' }`),
  flips: [
    wrong('nvidia.com/gpu', 'true'),
    wrong('amd.com/gpu', 'true'),
    wrong('gpu', 'true'),
    wrong('gpu', 'nvidia'),
    wrong('accelerator', 'nvidia-tesla-v100'),
    ...(
      [
        [{ key: 'gpu', operator: 'Exists' }, /asks for nodes with gpu Exists, a label/],
        [{ key: 'gpu', operator: 'In', values: ['a10', 'true'] }, /gpu=a10 or true, a label/],
        [{ key: 'nvidia.com/gpu', operator: 'Exists' }, /nvidia.com\/gpu Exists, a label/],
      ] as [Demand, RegExp][]
    ).map(([demand, says]) => ({
      change: { [selector]: undefined, 'spec.affinity': affinity([demand]) },
      at: `${TERMS}[0].matchExpressions[0]`,
      says,
      severity: Severity.WARNING,
    })),
  ],
  silent: {
    'nodes that do not have it': podWith(
      GPU,
      `affinity: ${JSON.stringify(affinity([{ key: 'gpu', operator: 'DoesNotExist' }]))}`,
    ),
    'a value of their own': podWith(GPU, 'nodeSelector: { gpu: true-a10 }'),
    'another value of their own': podWith(GPU, 'nodeSelector: { gpu: un-true }'),
    'a kind of nodes': podWith(GPU, 'nodeSelector: { workload: nvidia-gpu }'),
    'whatever stands for accelerators': podWith(
      GPU,
      `affinity: ${JSON.stringify(affinity([{ key: 'accelerator', operator: 'Exists' }]))}`,
    ),
    'one of several accelerators': podWith(
      GPU,
      `affinity: ${JSON.stringify(affinity([{ key: 'accelerator', operator: 'In', values: ['nvidia-l4', 'a10'] }]))}`,
    ),
    'another term': podWith(
      GPU,
      `affinity: ${JSON.stringify(affinity([{ key: 'gpu', operator: 'Exists' }], [{ key: 'own', operator: 'Exists' }]))}`,
    ),
    'an agent of the nodes': podWith(GPU, "nodeSelector: { gpu: 'true' }")
      .replace('v1', 'apps/v1')
      .replace('kind: Pod', 'kind: DaemonSet')
      .replace('spec:\n', 'spec:\n  template: {}\n'),
    'a pool has it': `${podWith(GPU, "nodeSelector: { gpu: 'true' }")}---
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: gpu }
spec: { template: { metadata: { labels: { gpu: 'true' } } } }
`,
    'a label of their own': podWith(GPU, 'nodeSelector: { node-group: gpu }'),
    'AKS sets it': podWith(GPU, 'nodeSelector: { accelerator: nvidia }'),
    'nodes without GPUs': podWith('{}', "nodeSelector: { gpu: 'false' }"),
    'a flavor knows it': `${podWith(GPU, "nodeSelector: { gpu: 'true' }")}---
apiVersion: kueue.x-k8s.io/v1beta2
kind: ResourceFlavor
metadata: { name: gpu }
spec: { nodeLabels: { gpu: 'true' } }
`,
  },
};

export const NODE_LABEL_NO_POOL_HAS: RuleCase = {
  rule: nodeLabelNobodySets,
  options: { profile: profileFacts(profileWith({ h100: H100 })) },
  good: podWith(GPU, `${TOLERATION}\nnodeSelector: { cdk8s-ml.dev/pool: h100 }`),
  flips: [
    {
      change: { "spec.nodeSelector['cdk8s-ml.dev/pool']": 'a100' },
      at: "spec.nodeSelector['cdk8s-ml.dev/pool']",
      says: /cdk8s-ml.dev\/pool=a100, which no pool has/,
      severity: Severity.ERROR,
    },
    {
      change: { [selector]: { 'nvidia.com/gpu.product': 'NVIDIA-H100-80GB-HBM3' } },
      at: `${selector}['nvidia.com/gpu.product']`,
      says: /which no pool has/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'what Karpenter knows of machines': podWith(GPU, 'nodeSelector: { karpenter.k8s.aws/instance-category: p }'),
    'pods without GPUs go to nodes that the profile does not tell of': podWith('{}', 'nodeSelector: { tier: web }'),
  },
  cluster: 'leaves pending',
};
