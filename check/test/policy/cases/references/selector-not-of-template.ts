import { Severity } from '../../../../src/policy/finding';
import { selectorNotOfTemplate } from '../../../../src/policy/rules/references/selector-not-of-template';
import type { RuleCase } from '../../rule-case';

const server = (selector: string, labels: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: chat, namespace: ml }
spec:
  replicas: 2
  selector: ${selector}
  template:
    metadata: { labels: ${labels} }
    spec: { containers: [{ name: main, image: 'example.com/chat:v1' }] }
`;
const at = 'spec.selector.matchLabels.app';

export const SELECTOR_NOT_OF_TEMPLATE: RuleCase = {
  rule: selectorNotOfTemplate,
  good: server('{ matchLabels: { app: chat } }', '{ app: chat, tier: web }'),
  flips: [
    { change: { [at]: 'chats' }, at, says: /app=chats, and its own have chat/, severity: Severity.ERROR },
    {
      change: { 'spec.template.metadata.labels': { tier: 'web' } },
      at,
      says: /do not have it/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.selector.matchExpressions': [{ key: 'tier', operator: 'NotIn', values: ['web'] }] },
      at: 'spec.selector',
      says: /does not match the labels of its own pods/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'a label that a template fills in': server("{ matchLabels: { app: '${APP}' } }", '{ app: chat }'),
    'a label of a wrong type is another finding': server('{ matchLabels: { app: chat } }', '{ app: 1 }'),
  },
  cluster: 'rejects',
};

const JOB = `
apiVersion: batch/v1
kind: Job
metadata: { name: sync, namespace: ml }
spec:
  backoffLimit: 0
  manualSelector: true
  selector: { matchLabels: { app: sync } }
  template:
    metadata: { labels: { app: sync } }
    spec: { restartPolicy: Never, containers: [{ name: main, image: 'example.com/sync:v1' }] }
`;

export const SELECTOR_OF_JOB_NOT_OF_TEMPLATE: RuleCase = {
  rule: selectorNotOfTemplate,
  good: JOB,
  flips: [{ change: { [at]: 'syncs' }, at, says: /app=syncs, and its own have sync/, severity: Severity.ERROR }],
  silent: {
    'a selector that the cluster makes': JOB.replace('  manualSelector: true\n', '').replace(
      '{ app: sync }',
      '{ app: syncs }',
    ),
    'one that is said to be made': JOB.replace('manualSelector: true', 'manualSelector: false').replace(
      '{ app: sync }',
      '{ app: syncs }',
    ),
    'no selector': server('{}', '{ app: chat }'),
    'a kind of somebody else': server('{ matchLabels: { app: chats } }', '{ app: chat }').replace(
      'apps/v1',
      'apps.kruise.io/v1',
    ),
    'another kind with such a field': JOB.replace('kind: Job', 'kind: CronJob').replace(
      '{ app: sync }',
      '{ app: syncs }',
    ),
    'a Job of somebody else': JOB.replace('batch/v1', 'batch.volcano.sh/v1alpha1').replace(
      '{ app: sync }',
      '{ app: syncs }',
    ),
  },
};
