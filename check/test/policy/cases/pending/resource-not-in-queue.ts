import { Severity } from '../../../../src/policy/finding';
import { resourceNotInQueue } from '../../../../src/policy/rules/pending/resource-not-in-queue';
import type { RuleCase } from '../../rule-case';

const job = (limits: string): string => `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml, labels: { kueue.x-k8s.io/queue-name: research } }
spec:
  activeDeadlineSeconds: 3600
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: main, image: 'example.com/t:v1', resources: { limits: ${limits} } }]
`;
const QUEUES = `---
apiVersion: kueue.x-k8s.io/v1beta2
kind: LocalQueue
metadata: { name: research, namespace: ml }
spec: { clusterQueue: gpus }
---
apiVersion: kueue.x-k8s.io/v1beta2
kind: ClusterQueue
metadata: { name: gpus }
spec:
  namespaceSelector: {}
  resourceGroups:
  - coveredResources: [nvidia.com/gpu, cpu, memory]
    flavors: []
`;
const limits = 'spec.template.spec.containers[0].resources.limits';

export const RESOURCE_NOT_IN_QUEUE: RuleCase = {
  rule: resourceNotInQueue,
  good: `${job('{ nvidia.com/gpu: 8, cpu: 90 }')}${QUEUES}`,
  flips: [
    {
      change: { [`${limits}['vpc.amazonaws.com/efa']`]: 32 },
      at: `${limits}['vpc.amazonaws.com/efa']`,
      says: /vpc.amazonaws.com\/efa, which ClusterQueue gpus of its queue research does not cover/,
      severity: Severity.ERROR,
    },
    {
      object: 2,
      change: { 'spec.resourceGroups[0].coveredResources': ['nvidia.com/gpu'] },
      at: `${limits}.cpu`,
      says: /asks for cpu, which ClusterQueue gpus/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'the queue is elsewhere, and the resources are usual': job('{ nvidia.com/gpu: 8, cpu: 90 }'),
    'nothing of it is asked for': `${job("{ nvidia.com/gpu: 8, ephemeral-storage: '0' }")}${QUEUES}`,
  },
};

export const RESOURCE_OFTEN_NOT_IN_QUEUE: RuleCase = {
  rule: resourceNotInQueue,
  good: job('{ nvidia.com/gpu: 8, cpu: 90 }'),
  flips: [
    {
      change: { [`${limits}.ephemeral-storage`]: '10Gi' },
      at: `${limits}.ephemeral-storage`,
      says: /asks queue research for ephemeral-storage, which few ClusterQueues cover/,
      severity: Severity.INFO,
    },
  ],
};
