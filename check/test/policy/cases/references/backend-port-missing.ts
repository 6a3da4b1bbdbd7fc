import { Severity } from '../../../../src/policy/finding';
import { backendPortMissing } from '../../../../src/policy/rules/references/backend-port-missing';
import type { RuleCase } from '../../rule-case';

const ingress = (port: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: chat, namespace: ml }
spec:
  rules:
  - http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: chat, port: ${port} } } }] }
`;
const service = `---
apiVersion: v1
kind: Service
metadata: { name: chat, namespace: ml }
spec: { ports: [{ name: http, port: 80 }] }
`;
const port = 'spec.rules[0].http.paths[0].backend.service.port';

export const BACKEND_PORT_MISSING: RuleCase = {
  rule: backendPortMissing,
  good: `${ingress('{ number: 80 }')}${service}`,
  flips: [
    {
      change: { [port]: { number: 8080 } },
      at: `${port}.number`,
      says: /port 8080 of Service chat, which has 80/,
      severity: Severity.ERROR,
    },
    {
      change: { [port]: { name: 'web' } },
      at: `${port}.name`,
      says: /port web of Service chat, which has http/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'the Service is elsewhere': ingress('{ number: 8080 }') },
};
