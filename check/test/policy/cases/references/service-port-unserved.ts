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
    ...['tcp-8080', '8080-tcp'].map((name) => ({
      object: 1,
      change: { [target]: name },
      at: target,
      says: new RegExp(`leads to the port ${name}, and containers have http`),
      severity: Severity.ERROR,
    })),
  ],
  silent: {
    'no selector': `${server(HTTP)}${service('[{ port: 9090 }]').replace('selector: { app: chat }, ', '')}`,
    'pods that are not in the set': `${server(HTTP)}${service('[{ port: 9090 }]').replace('app: chat', 'app: shop')}`,
    'a Service of another API': `${server(HTTP)}${service('[{ port: 9090 }]').replace('apiVersion: v1', 'apiVersion: serving.knative.dev/v1')}`,
    'no ports': `${server(HTTP)}${service('[]')}`,
    'a port without a number': `${server(HTTP)}${service('[{ name: http }]')}`,
    'a number beside a name that leads somewhere': `${server(HTTP)}${service('[{ name: a, port: 80, targetPort: http }, { name: b, port: 9090 }]')}`,
    'other pods that declare nothing': `${server(HTTP)}---${server('[]').replace('name: chat', 'name: other')}${service('[{ port: 9090 }]')}`,
    'a port that no container declares beside one that it does': `${server(HTTP)}${service('[{ name: a, port: 8080 }, { name: b, port: 9090 }]')}`,
    'containers that declare nothing': `${server('[]')}${service('[{ port: 80 }]')}`,
    'a number as text': `${server(HTTP)}${service("[{ port: 80, targetPort: '8080' }]")}`,
  },
};

export const SERVICE_PORT_UNNAMED: RuleCase = {
  rule: servicePortUnserved,
  good: `${server('[{ containerPort: 8080 }]')}${service('[{ port: 80, targetPort: 8080 }]')}`,
  flips: [
    {
      object: 1,
      change: { [target]: 'web' },
      at: target,
      says: /the port web, and no container names its ports\.$/,
      severity: Severity.ERROR,
    },
  ],
};

export const SERVICE_PORT_PARTLY_NAMED: RuleCase = {
  rule: servicePortUnserved,
  good: `${server('[{ containerPort: 9090 }, { name: http, containerPort: 8080 }]')}${service('[{ port: 80, targetPort: 9090 }]')}`,
  flips: [
    {
      object: 1,
      change: { [target]: 'web' },
      at: target,
      says: /the port web, and containers have http\.$/,
      severity: Severity.ERROR,
    },
  ],
};
