import { Severity } from '../../../../src/policy/finding';
import { serviceWithoutPods } from '../../../../src/policy/rules/references/service-without-pods';
import type { RuleCase } from '../../rule-case';

const service = (selector: string, namespace = 'ml'): string => `---
apiVersion: v1
kind: Service
metadata: { name: chat, namespace: ${namespace} }
spec: { selector: ${selector}, ports: [{ port: 80, targetPort: 8080 }] }
`;
const server = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: chat, namespace: ml }
spec:
  replicas: 2
  selector: { matchLabels: { app: chat-api } }
  template:
    metadata: { labels: { app: chat-api, tier: web } }
    spec: { containers: [{ name: main, image: 'example.com/chat:v1', ports: [{ containerPort: 8080 }] }] }
`;
const at = 'spec.selector.app';

export const SERVICE_WITHOUT_PODS: RuleCase = {
  rule: serviceWithoutPods,
  good: `${server}${service('{ app: chat-api }')}`,
  flips: [
    {
      object: 1,
      change: { [at]: 'chat' },
      at,
      says: /app=chat, and no pod has it. Those of Deployment ml\/chat have chat-api/,
      severity: Severity.WARNING,
    },
    { object: 1, change: { [at]: 'chat-apis' }, at, says: /app=chat-apis/, severity: Severity.WARNING },
    {
      object: 1,
      change: { 'spec.selector': { tier: 'web', app: 'chatapi' } },
      at,
      says: /app=chatapi/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'its pods are elsewhere': `${server}${service('{ app: postgres }')}`,
    'labels that an operator puts on pods': `${server}${service('{ ray.io/cluster: chat }')}`,
    'in another namespace': `${server}${service('{ app: chat }', 'other')}`,
    'no selector': `${server}${service('{}')}`,
  },
};

export const SERVICE_WITHOUT_PODS_IN_SET: RuleCase = {
  rule: serviceWithoutPods,
  options: { complete: true },
  good: `${server}${service('{ app: chat-api }')}`,
  flips: [{ object: 1, change: { [at]: 'postgres' }, at, says: /and no pod has it/, severity: Severity.ERROR }],
};
