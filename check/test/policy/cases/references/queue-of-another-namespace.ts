import { Severity } from '../../../../src/policy/finding';
import { queueOfAnotherNamespace } from '../../../../src/policy/rules/references/queue-of-another-namespace';
import type { RuleCase } from '../../rule-case';

const job = `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml, labels: { kueue.x-k8s.io/queue-name: research } }
spec: { template: { spec: { restartPolicy: Never, containers: [{ name: main, image: 'example.com/t:v1' }] } } }
`;
const queue = `---
apiVersion: kueue.x-k8s.io/v1beta2
kind: LocalQueue
metadata: { name: research, namespace: ml }
spec: { clusterQueue: gpus }
`;

export const QUEUE_OF_ANOTHER_NAMESPACE: RuleCase = {
  rule: queueOfAnotherNamespace,
  good: `${job}${queue}`,
  flips: [
    {
      object: 1,
      change: { 'metadata.namespace': 'vision' },
      at: "metadata.labels['kueue.x-k8s.io/queue-name']",
      says: /names the queue research, which is in namespace vision and not in ml/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'the queue is elsewhere': job,
    'the namespace is chosen when it is applied': `${job.replace(', namespace: ml', '')}${queue}`,
  },
};
