import { Severity } from '../../../../src/policy/finding';
import { probePortUndeclared } from '../../../../src/policy/rules/serving/probe-port-undeclared';
import type { RuleCase } from '../../rule-case';
import { SERVED } from './served';

export const PROBE_PORT_UNDECLARED: RuleCase = {
  rule: probePortUndeclared,
  good: SERVED,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].readinessProbe.httpGet.port': 'metrics' },
      at: 'spec.template.spec.containers[0].readinessProbe.httpGet.port',
      says: /probes the port metrics, which the container does not name/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.template.spec.containers[0].readinessProbe.httpGet.port': 9000 },
      at: 'spec.template.spec.containers[0].readinessProbe.httpGet.port',
      says: /port 9000, and the pod declares other ports/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'no ports are declared': SERVED.replace('ports: [{ name: http, containerPort: 8000 }]', 'ports: []').replaceAll(
      'port: http',
      'port: 8000',
    ),
  },
};
