import { Severity } from '../../../../src/policy/finding';
import { servicePortUnserved } from '../../../../src/policy/rules/references/service-port-unserved';
import type { RuleCase } from '../../rule-case';

const server = (ports: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: chat, namespace: ml }
spec:
  replicas: 2
  selector: { matchLabels: { app: chat } }
  template:
    metadata: { labels: { app: chat } }
    spec: { containers: [{ name: main, image: 'example.com/chat:v1', ports: ${ports} }] }
`;
const service = (ports: string): string => `---
apiVersion: v1
kind: Service
metadata: { name: chat, namespace: ml }
spec: { selector: { app: chat }, ports: ${ports} }
`;
const HTTP = '[{ name: http, containerPort: 8080 }]';
const target = 'spec.ports[0].targetPort';

export const SERVICE_PORT_UNSERVED: RuleCase = {
  rule: servicePortUnserved,
  good: `${server(HTTP)}${service('[{ port: 80, targetPort: http }]')}`,
  flips: [
    {
      object: 1,
      change: { [target]: 'web' },
      at: target,
      says: /the port web, and containers have http/,
      severity: Severity.ERROR,
    },
    {
      object: 1,
      change: { [target]: 8000 },
      at: target,
      says: /port 8000, and the containers have 8080/,
      severity: Severity.WARNING,
    },
    {
      object: 1,
      change: { [target]: undefined },
      at: 'spec.ports[0].port',
      says: /port 80, /,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a port that no container declares beside one that it does': `${server(HTTP)}${service('[{ name: a, port: 8080 }, { name: b, port: 9090 }]')}`,
    'containers that declare nothing': `${server('[]')}${service('[{ port: 80 }]')}`,
    'a number as text': `${server(HTTP)}${service("[{ port: 80, targetPort: '8080' }]")}`,
  },
};
