import { Severity } from '../../../../src/policy/finding';
import { retriesWithoutCheckpoints } from '../../../../src/policy/rules/lost-work/retries-without-checkpoints';
import { jobWith } from '../job-manifests';
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
