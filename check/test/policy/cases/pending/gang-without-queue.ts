import { Severity } from '../../../../src/policy/finding';
import { gangWithoutQueue } from '../../../../src/policy/rules/pending/gang-without-queue';
import type { RuleCase } from '../../rule-case';

const gang = (labels: string, run = '{}', workers = 3): string => `
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata: { name: llm, namespace: ml, labels: ${labels} }
spec:
  runPolicy: ${run}
  pytorchReplicaSpecs:
    Worker:
      replicas: ${workers}
      template:
        spec:
          tolerations: [{ key: nvidia.com/gpu, operator: Exists }]
          containers:
          - { name: pytorch, image: 'example.com/llm:v1', resources: { limits: { nvidia.com/gpu: 8 } } }
`;
const jobSet = (annotations: string): string => `
apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: { name: llm, annotations: ${annotations} }
spec:
  replicatedJobs:
  - name: node
    template:
      spec:
        parallelism: 4
        completions: 4
        template:
          spec:
            restartPolicy: Never
            containers: [{ name: main, image: 'example.com/llm:v1', resources: { limits: { nvidia.com/gpu: 8 } } }]
`;

export const GANG_WITHOUT_QUEUE: RuleCase = {
  rule: gangWithoutQueue,
  good: gang('{ kueue.x-k8s.io/queue-name: research }'),
  flips: [
    {
      change: { 'metadata.labels': undefined },
      at: 'metadata.labels',
      says: /starts 3 pods one by one, in no queue and no pod group/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'one pod': gang('{}', '{}', 1),
    'a pod group of the operator': gang('{}', '{ schedulingPolicy: { minAvailable: 3 } }'),
    'one Job of a JobSet for each part of the cluster': jobSet(
      '{ alpha.jobset.sigs.k8s.io/exclusive-topology: cloud.google.com/gke-nodepool }',
    ),
    'Volcano starts all or none': jobSet('{}').replace('restartPolicy: Never', 'schedulerName: volcano'),
    'a run that goes on with one worker': gang('{}').replace('runPolicy: {}', 'elasticPolicy: { minReplicas: 1 }'),
    'no GPUs': gang('{}').replace('nvidia.com/gpu: 8', 'cpu: 8'),
  },
};
