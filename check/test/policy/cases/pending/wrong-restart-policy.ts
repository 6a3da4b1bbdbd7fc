import { Severity } from '../../../../src/policy/finding';
import { wrongRestartPolicy } from '../../../../src/policy/rules/pending/wrong-restart-policy';
import type { RuleCase } from '../../rule-case';
import { AGENT, TRAINED } from '../security/trained';

export const WRONG_RESTART_POLICY: RuleCase = {
  rule: wrongRestartPolicy,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.restartPolicy': 'Always' },
      at: 'spec.template.spec.restartPolicy',
      says: /a Job with restartPolicy Always/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.restartPolicy': undefined },
      at: 'spec.template.spec.restartPolicy',
      says: /no restartPolicy, which a Job needs/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'a pod of every node': AGENT },
  cluster: 'rejects',
};

const at = 'spec.template.spec.restartPolicy';
const SERVER = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: chat, namespace: ml }
spec:
  selector: { matchLabels: { app: chat } }
  template:
    metadata: { labels: { app: chat } }
    spec:
      containers: [{ name: main, image: 'registry.example.com/chat:v1' }]
`;

export const WRONG_RESTART_POLICY_OF_SERVER: RuleCase = {
  rule: wrongRestartPolicy,
  good: SERVER,
  flips: ['Never', 'OnFailure'].map((policy) => ({
    change: { [at]: policy },
    at,
    says: new RegExp(`has restartPolicy ${policy}, and must be Always`),
    severity: Severity.ERROR,
  })),
  silent: {
    'what it must be': SERVER.replace('    spec:', '    spec:\n      restartPolicy: Always'),
    'another type is another finding': SERVER.replace('    spec:', '    spec:\n      restartPolicy: 7'),
    'the operator decides': `
apiVersion: batch.volcano.sh/v1alpha1
kind: Job
metadata: { name: train, namespace: ml }
spec: { minAvailable: 1, tasks: [{ name: node, replicas: 1, template: { spec: { containers: [{ name: main, image: 'a:1' }] } } }] }
`,
    'a pod that runs once': `
apiVersion: v1
kind: Pod
metadata: { name: once, namespace: ml }
spec: { restartPolicy: Never, containers: [{ name: main, image: 'a:1' }] }
`,
  },
  cluster: 'rejects',
};

const inJob = 'spec.jobTemplate.spec.template.spec.restartPolicy';

export const WRONG_RESTART_POLICY_OF_CRON_JOB: RuleCase = {
  rule: wrongRestartPolicy,
  good: `
apiVersion: batch/v1
kind: CronJob
metadata: { name: weekly, namespace: ml }
spec:
  schedule: 0 2 * * 0
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: main, image: 'registry.example.com/a:1' }] } } } }
`,
  flips: [
    { change: { [inJob]: 'Always' }, at: inJob, says: /a Job with restartPolicy Always/, severity: Severity.ERROR },
    {
      change: { [inJob]: undefined },
      at: inJob,
      says: /no restartPolicy, which a Job needs/,
      severity: Severity.ERROR,
    },
  ],
  cluster: 'rejects',
};
