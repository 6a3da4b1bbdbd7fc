import { Severity } from '../../../../src/policy/finding';
import { flexStartDeadline } from '../../../../src/policy/rules/pending/flex-start-deadline';
import type { RuleCase } from '../../rule-case';

const job = (annotations: string, selector: string, deadline: number): string => `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml }
spec:
  activeDeadlineSeconds: ${deadline}
  template:
    metadata: { annotations: ${annotations} }
    spec:
      restartPolicy: Never
      nodeSelector: ${selector}
      containers: [{ name: main, image: 'example.com/t:v1', resources: { limits: { nvidia.com/gpu: 8 } } }]
`;
const at = 'spec.activeDeadlineSeconds';
const L4 = 'cloud.google.com/gke-accelerator: nvidia-l4';
const FLEX = `{ ${L4}, cloud.google.com/gke-flex-start: 'true' }`;
const QUEUED =
  '{ autoscaling.x-k8s.io/provisioning-class-name: queued-provisioning.gke.io, autoscaling.x-k8s.io/consume-provisioning-request: train }';

export const FLEX_START_DEADLINE: RuleCase = {
  rule: flexStartDeadline,
  good: job('{}', FLEX, 604800),
  flips: [
    {
      change: { [at]: 604801 },
      at,
      says: /604801 seconds, and its nodes are taken back after 604800/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'nodes that are not lent': job('{}', `{ ${L4}, cloud.google.com/gke-flex-start: 'false' }`, 1000000),
    'another label that is true': job('{}', `{ ${L4}, example.com/fast: 'true' }`, 1000000),
    'another way to wait for nodes': job(QUEUED.replace('queued-provisioning', 'check-capacity'), `{ ${L4} }`, 1000000),
    'other nodes': job('{}', `{ ${L4} }`, 1000000),
    'no deadline is another finding': job('{}', FLEX, 1).replace('activeDeadlineSeconds: 1', 'backoffLimit: 1'),
  },
};

export const FLEX_START_DEADLINE_OF_REQUEST: RuleCase = {
  rule: flexStartDeadline,
  good: `${job(QUEUED, `{ ${L4} }`, 7200)}---
apiVersion: autoscaling.x-k8s.io/v1
kind: ProvisioningRequest
metadata: { name: train, namespace: ml }
spec:
  provisioningClassName: queued-provisioning.gke.io
  parameters: { maxRunDurationSeconds: '7200' }
  podSets: [{ count: 1, podTemplateRef: { name: train } }]
`,
  flips: [
    { change: { [at]: 7201 }, at, says: /taken back after 7200/, severity: Severity.ERROR },
    {
      object: 1,
      change: { 'spec.parameters.maxRunDurationSeconds': '3600' },
      at,
      says: /taken back after 3600/,
      severity: Severity.ERROR,
    },
  ],
};

const OWN = "spec.template.metadata.annotations['provreq.kueue.x-k8s.io/maxRunDurationSeconds']";

export const FLEX_START_DEADLINE_OF_ANNOTATION: RuleCase = {
  rule: flexStartDeadline,
  good: job(
    '{ cluster-autoscaler.kubernetes.io/provisioning-class-name: queued-provisioning.gke.io }',
    `{ ${L4} }`,
    7200,
  ),
  flips: [
    { change: { [at]: 604801 }, at, says: /taken back after 604800/, severity: Severity.ERROR },
    { change: { [OWN]: '3600' }, at, says: /taken back after 3600/, severity: Severity.ERROR },
    { change: { [OWN]: '700000', [at]: 700000 }, at, says: /taken back after 604800/, severity: Severity.ERROR },
  ],
  silent: Object.fromEntries(
    ['3600s', 'PT3600', 'long'].map((time) => [
      `a time that is no number: ${time}`,
      job(
        `{ autoscaling.x-k8s.io/provisioning-class-name: queued-provisioning.gke.io, provreq.kueue.x-k8s.io/maxRunDurationSeconds: ${time} }`,
        `{ ${L4} }`,
        7200,
      ),
    ]),
  ),
};
