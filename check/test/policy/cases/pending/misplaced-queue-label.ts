import { Severity } from '../../../../src/policy/finding';
import { misplacedQueueLabel } from '../../../../src/policy/rules/pending/misplaced-queue-label';
import type { RuleCase } from '../../rule-case';

const LABEL = "['kueue.x-k8s.io/queue-name']";
const QUEUE = { 'kueue.x-k8s.io/queue-name': 'research' };
const POD = `{ restartPolicy: Never, containers: [{ name: main, image: 'example.com/t:v1' }] }`;

export const QUEUE_LABEL_ON_CRON_JOB: RuleCase = {
  rule: misplacedQueueLabel,
  good: `
apiVersion: batch/v1
kind: CronJob
metadata: { name: weekly, namespace: ml }
spec:
  schedule: '0 2 * * 0'
  jobTemplate:
    metadata: { labels: { kueue.x-k8s.io/queue-name: research } }
    spec: { template: { spec: ${POD} } }
`,
  flips: [
    {
      change: { 'spec.jobTemplate.metadata': undefined, 'metadata.labels': QUEUE },
      at: `metadata.labels${LABEL}`,
      says: /has the queue research where Kueue does not read it/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'in both places': `
apiVersion: batch/v1
kind: CronJob
metadata: { name: weekly, labels: { kueue.x-k8s.io/queue-name: research } }
spec:
  schedule: '0 2 * * 0'
  jobTemplate:
    metadata: { labels: { kueue.x-k8s.io/queue-name: research } }
    spec: { template: { spec: ${POD} } }
`,
  },
};

const STEPS = `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: train-, namespace: ml }
spec:
  entrypoint: main
  templates: [{ name: main, metadata: { labels: { kueue.x-k8s.io/queue-name: research } }, container: { image: 'example.com/t:v1' } }]
`;

export const QUEUE_LABEL_ON_WORKFLOW: RuleCase = {
  rule: misplacedQueueLabel,
  good: `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: train-, namespace: ml }
spec:
  entrypoint: main
  activeDeadlineSeconds: 3600
  serviceAccountName: runner
  podMetadata: { labels: { kueue.x-k8s.io/queue-name: research } }
  templates: [{ name: main, container: { image: 'example.com/t:v1' } }]
`,
  flips: [
    {
      change: { 'spec.podMetadata': undefined, 'metadata.labels': QUEUE },
      at: `metadata.labels${LABEL}`,
      says: /where Kueue does not read it/,
      fix: /^Move the label to spec.podMetadata.labels\.$/,
      severity: Severity.ERROR,
    },
    {
      change: {
        'spec.podMetadata': undefined,
        'metadata.labels': QUEUE,
        'spec.templates[1]': { name: 'other', metadata: { labels: QUEUE }, container: { image: 'example.com/t:v1' } },
      },
      at: `metadata.labels${LABEL}`,
      says: /where Kueue does not read it/,
      severity: Severity.ERROR,
    },
    {
      change: {
        'spec.podMetadata': undefined,
        'metadata.labels': QUEUE,
        'spec.templates': undefined,
        'spec.workflowTemplateRef': { name: 'train' },
      },
      at: `metadata.labels${LABEL}`,
      says: /where Kueue does not read it/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'steps that name their queue themselves, beside the label for people': STEPS.replace(
      'generateName: train-',
      'generateName: train-, labels: { kueue.x-k8s.io/queue-name: research }',
    ),
    'steps that name their queue themselves': STEPS,
  },
};

export const QUEUE_LABEL_ON_PODS: RuleCase = {
  rule: misplacedQueueLabel,
  good: `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml, labels: { kueue.x-k8s.io/queue-name: research } }
spec: { template: { metadata: { labels: { app: train } }, spec: ${POD} } }
`,
  flips: [
    {
      change: { 'metadata.labels': undefined, 'spec.template.metadata.labels': QUEUE },
      at: `spec.template.metadata.labels${LABEL}`,
      says: /on its pods, each of which is then queued alone/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'no queue at all': `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml }
spec: { template: { metadata: { labels: { app: train } }, spec: ${POD} } }
`,
    'a pod is admitted by itself': `
apiVersion: v1
kind: Pod
metadata: { name: train, labels: { kueue.x-k8s.io/queue-name: research } }
spec: ${POD}
`,
    'a server is admitted by its object or by its pods': `
apiVersion: apps/v1
kind: Deployment
metadata: { name: chat }
spec:
  selector: { matchLabels: { app: chat } }
  template:
    metadata: { labels: { app: chat, kueue.x-k8s.io/queue-name: serving } }
    spec: { containers: [{ name: main, image: 'example.com/t:v1' }] }
`,
  },
};
