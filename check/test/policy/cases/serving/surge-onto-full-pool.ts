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
  ],
  silent: { 'there is room': SERVED.replace('maxSurge: 0', 'maxSurge: 1') + POOL.replace('"2"', '"4"') },
};
