import { Severity } from '../../../../src/policy/finding';
import { retriesWithoutCheckpoints } from '../../../../src/policy/rules/lost-work/retries-without-checkpoints';
import { CONTAINER, jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';
import { saving, training } from './manifests';

const at = 'spec.backoffLimit';

const jobSet = `
apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: { name: train, namespace: ml }
spec:
  replicatedJobs:
  - name: node
    template: { spec: { backoffLimit: 0, template: { spec: { restartPolicy: Never, containers: [{ name: a, image: 'a.example.com/a:1' }] } } } }
`;
const INNER = 'spec.replicatedJobs[0].template.spec.backoffLimit';

export const RETRIES_OF_JOB_SET: RuleCase = {
  rule: retriesWithoutCheckpoints,
  good: jobSet,
  flips: [{ change: { [INNER]: 2 }, at: INNER, says: /is tried again 2 times/, severity: Severity.WARNING }],
};

export const RETRIES_WITHOUT_CHECKPOINTS: RuleCase = {
  rule: retriesWithoutCheckpoints,
  good: training(''),
  flips: [
    {
      change: { [at]: 3 },
      at,
      says: /is tried again 3 times, and nothing says that it resumes/,
      severity: Severity.WARNING,
    },
    { change: { [at]: 1 }, at, says: /is tried again once/, severity: Severity.WARNING },
    {
      change: { [at]: 3, [`${CONTAINER}.args`]: ['--output_dir=/out'] },
      at,
      says: /is tried again 3 times/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'with checkpoints': saving('', 'backoffLimit: 3'),
    'an option to resume': training('args: [--resume_from_checkpoint, auto]', '', 'backoffLimit: 3'),
    'no training': jobWith({ spec: 'backoffLimit: 3', container: 'command: [./migrate.sh]' }).replaceAll(
      'train',
      'work',
    ),
    'a step of a workflow that is not tried again': `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: x- }
spec: { templates: [{ name: train, retryStrategy: { limit: '0' }, container: { image: 'a:1', command: [python, train.py] } }] }
`,
  },
};

const step = (name: string, limit: string): object => ({
  name,
  retryStrategy: { limit },
  container: { image: 'a:1', command: ['python', `${name}.py`] },
});
const STRATEGY = 'spec.templates[1].retryStrategy';

export const RETRIES_OF_WORKFLOW: RuleCase = {
  rule: retriesWithoutCheckpoints,
  good: `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: x-, namespace: ml }
spec:
  entrypoint: train
  activeDeadlineSeconds: 3600
  templates: ${JSON.stringify([step('fetch', '2'), step('train', '0')])}
`,
  flips: [
    {
      change: { [`${STRATEGY}.limit`]: '2' },
      at: `${STRATEGY}.limit`,
      says: /is tried again 2 times/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${STRATEGY}.limit`]: 1 },
      at: `${STRATEGY}.limit`,
      says: /is tried again once/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${STRATEGY}.limit`]: undefined },
      at: STRATEGY,
      says: /is tried again without end/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a step without a strategy': `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: x- }
spec: { templates: [{ name: train, container: { image: 'a:1', command: [python, train.py] } }] }
`,
  },
};

export const RETRIES_OF_PYTORCH_JOB: RuleCase = {
  rule: retriesWithoutCheckpoints,
  good: `
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata: { name: train, namespace: ml }
spec:
  runPolicy: { backoffLimit: 0, cleanPodPolicy: Running }
  pytorchReplicaSpecs:
    Worker:
      restartPolicy: OnFailure
      template: { spec: { containers: [{ name: pytorch, image: 'registry.example.com/a:1', command: [python, train.py] }] } }
`,
  flips: [
    {
      change: { 'spec.runPolicy.backoffLimit': 4 },
      at: 'spec.runPolicy.backoffLimit',
      says: /is tried again 4 times/,
      severity: Severity.WARNING,
    },
  ],
};
