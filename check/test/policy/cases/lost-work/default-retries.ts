import { Severity } from '../../../../src/policy/finding';
import { defaultRetries } from '../../../../src/policy/rules/lost-work/default-retries';
import { CONTAINER, jobWith, POD } from '../job-manifests';
import type { RuleCase } from '../../rule-case';
import { saving, training } from './manifests';

const at = 'spec.backoffLimit';
const pyTorchJob = (restartPolicy: string): string => `
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata: { name: x }
spec:
  pytorchReplicaSpecs:
    Worker:
      restartPolicy: ${restartPolicy}
      template: { spec: { containers: [{ name: pytorch, image: 'a:1', resources: { limits: { nvidia.com/gpu: 1 } } }] } }
`;

export const DEFAULT_RETRIES: RuleCase = {
  rule: defaultRetries,
  good: training(''),
  flips: [
    {
      change: { [at]: undefined },
      at,
      says: /how often it is tried again, which is 6 times/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a job that is told, beside one that is not asked': `
apiVersion: ray.io/v1
kind: RayJob
metadata: { name: x }
spec: { entrypoint: python train.py }
`,
    'the operator decides by the code': pyTorchJob('ExitCode'),
    'a kind that does not restart by itself': pyTorchJob('null')
      .replaceAll('PyTorchJob', 'TFJob')
      .replace('pytorchR', 'tfR'),
    'no GPU': jobWith({ container: 'command: [python, train.py]' }),
    'a retry limit for each index': training(
      '',
      '',
      'backoffLimitPerIndex: 1\ncompletionMode: Indexed\ncompletions: 2',
    ),
    'a PyTorchJob that never restarts': pyTorchJob('Never'),
    'a text in its place is another finding': training('', '', 'backoffLimit: "3"'),
  },
};

export const DEFAULT_RETRIES_WITH_CHECKPOINTS: RuleCase = {
  rule: defaultRetries,
  good: saving(),
  flips: [
    { change: { [at]: undefined }, at, says: /which is 6 times/, severity: Severity.INFO },
    {
      // Variables that are not here may say it.
      change: {
        [at]: undefined,
        [`${CONTAINER}.env`]: undefined,
        [`${CONTAINER}.volumeMounts`]: undefined,
        [`${POD}.volumes`]: undefined,
        [`${CONTAINER}.envFrom`]: [{ configMapRef: { name: 'settings' } }],
      },
      at,
      says: /which is 6 times/,
      severity: Severity.INFO,
    },
  ],
};

const inner = (name: string, gpus: number): string => `
  - name: ${name}
    template:
      spec:
        backoffLimit: 0
        template: { spec: { restartPolicy: Never, containers: [{ name: main, image: 'a:1', command: [python, train.py], resources: { limits: { nvidia.com/gpu: ${gpus} } } }] } }`;

export const DEFAULT_RETRIES_OF_JOB_SET: RuleCase = {
  rule: defaultRetries,
  good: `
apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: { name: train, namespace: ml }
spec:
  replicatedJobs:${inner('data', 0)}${inner('node', 4)}
`,
  flips: [
    {
      change: { 'spec.replicatedJobs[1].template.spec.backoffLimit': undefined },
      at: 'spec.replicatedJobs[1].template.spec.backoffLimit',
      says: /which is 6 times/,
      severity: Severity.WARNING,
    },
    {
      change: {
        'spec.replicatedJobs[0].template.spec.backoffLimit': undefined,
        'spec.replicatedJobs[1].template.spec.backoffLimit': undefined,
      },
      at: 'spec.replicatedJobs[0].template.spec.backoffLimit',
      says: /which is 6 times/,
      severity: Severity.WARNING,
    },
  ],
};

export const DEFAULT_RETRIES_OF_VOLCANO: RuleCase = {
  rule: defaultRetries,
  good: `
apiVersion: batch.volcano.sh/v1alpha1
kind: Job
metadata: { name: train, namespace: ml }
spec:
  minAvailable: 1
  maxRetry: 1
  schedulerName: volcano
  tasks:
  - name: node
    replicas: 1
    template: { spec: { restartPolicy: Never, containers: [{ name: main, image: 'a:1', command: [python, train.py], resources: { limits: { nvidia.com/gpu: 1 } } }] } }
`,
  flips: [
    {
      change: { 'spec.maxRetry': undefined },
      at: 'spec.maxRetry',
      says: /which is 3 times/,
      severity: Severity.WARNING,
    },
  ],
};

export const DEFAULT_RETRIES_OF_OPERATORS: RuleCase = {
  rule: defaultRetries,
  good: pyTorchJob('Never'),
  flips: [
    {
      change: { 'spec.pytorchReplicaSpecs.Worker.restartPolicy': undefined },
      at: 'spec.runPolicy.backoffLimit',
      says: /which is without end/,
      severity: Severity.WARNING,
    },
    ...['OnFailure', 'Always'].map((policy) => ({
      change: { 'spec.pytorchReplicaSpecs.Worker.restartPolicy': policy },
      at: 'spec.runPolicy.backoffLimit',
      says: /which is without end/,
      severity: Severity.WARNING,
    })),
    {
      change: {
        'spec.pytorchReplicaSpecs.Master': {
          restartPolicy: 'OnFailure',
          template: { spec: { containers: [{ name: 'pytorch', image: 'a:1' }] } },
        },
      },
      at: 'spec.runPolicy.backoffLimit',
      says: /which is without end/,
      severity: Severity.WARNING,
    },
  ],
};
