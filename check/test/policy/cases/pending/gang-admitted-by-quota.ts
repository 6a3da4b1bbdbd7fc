import { Severity } from '../../../../src/policy/finding';
import { gangAdmittedByQuota } from '../../../../src/policy/rules/pending/gang-admitted-by-quota';
import type { RuleCase } from '../../rule-case';

const gang = (replicas: number): string => `
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata: { name: llm, namespace: ml, labels: { kueue.x-k8s.io/queue-name: research } }
spec:
  pytorchReplicaSpecs:
    Worker:
      replicas: ${replicas}
      template:
        spec:
          containers:
          - { name: pytorch, image: 'example.com/llm:v1', resources: { limits: { nvidia.com/gpu: 8 } } }
`;
const queue = `---
apiVersion: kueue.x-k8s.io/v1beta2
kind: LocalQueue
metadata: { name: research, namespace: ml }
spec: { clusterQueue: research }
---
apiVersion: kueue.x-k8s.io/v1beta2
kind: ClusterQueue
metadata: { name: research }
spec:
  resourceGroups:
  - coveredResources: [nvidia.com/gpu]
    flavors: [{ name: h100, resources: [{ name: nvidia.com/gpu, nominalQuota: 64 }] }]
`;
const flavor = (spec: string): string => `---
apiVersion: kueue.x-k8s.io/v1beta2
kind: ResourceFlavor
metadata: { name: h100 }
spec: ${spec}
`;

export const GANG_ADMITTED_BY_QUOTA: RuleCase = {
  rule: gangAdmittedByQuota,
  good: gang(4) + queue + flavor('{ nodeLabels: { pool: h100 }, topologyName: racks }'),
  flips: [
    {
      change: { 'spec.topologyName': undefined },
      object: 3,
      at: "metadata.labels['kueue.x-k8s.io/queue-name']",
      says: /starts when queue research has quota for all pods, and none of its flavors has a topology/,
      severity: Severity.INFO,
    },
  ],
  silent: {
    'one pod': gang(1) + queue + flavor('{ nodeLabels: { pool: h100 } }'),
    'a flavor that is not in the set': gang(4) + queue,
    'a queue that is not in the set': gang(4) + flavor('{ nodeLabels: { pool: h100 } }'),
    'no queue': gang(4).replace('kueue.x-k8s.io/queue-name', 'team') + queue + flavor('{}'),
    'no GPUs': gang(4).replace('nvidia.com/gpu: 8', 'cpu: 8') + queue + flavor('{}'),
  },
};
