import { Severity } from '../../../../src/policy/finding';
import { surgeOntoFullPool } from '../../../../src/policy/rules/serving/surge-onto-full-pool';
import type { RuleCase } from '../../rule-case';
import { SERVED } from './served';

const POOL = `
---
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: l40s }
spec:
  limits: { nvidia.com/gpu: "2" }
  template:
    metadata: { labels: { cdk8s-ml.dev/pool: l40s } }
    spec:
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: gpu }
      requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [g6e.xlarge] }]
      taints: [{ key: nvidia.com/gpu, effect: NoSchedule }]
`;

const SURGING = SERVED.replace('maxSurge: 0', 'maxSurge: 1');

export const SURGE_ONTO_FULL_POOL: RuleCase = {
  rule: surgeOntoFullPool,
  good: SERVED + POOL,
  flips: [
    {
      change: { 'spec.strategy.rollingUpdate.maxSurge': 1 },
      at: 'spec.strategy.rollingUpdate.maxSurge',
      says: /has GPUs for 2 and no more/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.strategy.rollingUpdate.maxSurge': '10%' },
      at: 'spec.strategy.rollingUpdate.maxSurge',
      says: /has GPUs for 2 and no more/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.strategy': undefined },
      at: 'spec.strategy.rollingUpdate.maxSurge',
      says: /has GPUs for 2 and no more/,
      severity: Severity.WARNING,
    },
    {
      change: {
        'spec.replicas': 1,
        'spec.strategy.rollingUpdate.maxSurge': 1,
        "spec.template.spec.containers[0].resources.limits['nvidia.com/gpu']": 2,
      },
      at: 'spec.strategy.rollingUpdate.maxSurge',
      says: /has GPUs for 1 and no more/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'there is room': SURGING + POOL.replace('"2"', '"4"'),
    'there is room on a machine with four GPUs':
      SURGING + POOL.replace('"2"', '"4"').replace('g6e.xlarge', 'g6e.12xlarge'),
    'one replica when nobody says how many': SURGING.replace('  replicas: 2\n', '') + POOL,
    'the old ones go first':
      SURGING.replace('{ rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } }', '{ type: Recreate }') + POOL,
    'no surge, in percent': SURGING.replace('maxSurge: 1', 'maxSurge: 0%') + POOL,
    'pods that are replaced one by one': SURGING.replace('kind: Deployment', 'kind: StatefulSet') + POOL,
    'no GPUs, beside a pool of none': SURGING.replace(', nvidia.com/gpu: 1', '') + POOL.replace('"2"', '"0"'),
    'any pool': SURGING.replace('      nodeSelector: { cdk8s-ml.dev/pool: l40s }\n', '') + POOL,
    'another pool': SURGING.replace('pool: l40s', 'pool: l4') + POOL,
    'nodes of a zone that the pool does not name': SURGING.replace('pool: l40s', 'pool: l40s, zone: a') + POOL,
    'two pools': SURGING + POOL + POOL.replace('name: l40s', 'name: l40s-b'),
    'a pool without an end': SURGING + POOL.replace('  limits: { nvidia.com/gpu: "2" }\n', ''),
  },
};
