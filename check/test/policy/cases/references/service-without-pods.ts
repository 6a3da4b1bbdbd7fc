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
    { object: 1, change: { [at]: 'billing.chat' }, at, says: /app=billing.chat/, severity: Severity.WARNING },
    {
      object: 1,
      change: { 'spec.selector': { tier: 'web', app: 'postgres' } },
      at,
      says: /app=postgres, and no pod has it. Those of Deployment ml\/chat have chat-api/,
      severity: Severity.WARNING,
    },
    {
      object: 1,
      change: { 'spec.selector': { tier: 'web', app: 'chatapi' } },
      at,
      says: /app=chatapi/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'only a word of three letters is the same': `${server}${service('{ app: billing-api }')}`,
    'two labels are others': `${server}${service('{ app: chat, tier: back }')}`,
    'a label that the pods do not have': `${server}${service('{ app: chat-api, role: chat-api }')}`,
    'one of two servers of a tier, and neither is like it': `${server}${server.replaceAll('chat', 'shop').replace('\n', '---\n')}${service('{ tier: web, app: postgres }')}`,
    'pods of a run': `
apiVersion: batch/v1
kind: Job
metadata: { name: chat, namespace: ml }
spec:
  template:
    metadata: { labels: { app: chat-api } }
    spec: { restartPolicy: Never, containers: [{ name: main, image: 'example.com/chat:v1' }] }
${service('{ app: chat }')}`,
    'a name for something outside': `${server}${service('{ app: chat }').replace('spec: {', 'spec: { type: ExternalName, externalName: chat.example.com,')}`,
    'a Service of another API': `${server}${service('{ app: chat }').replace('apiVersion: v1', 'apiVersion: serving.knative.dev/v1')}`,
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
