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
