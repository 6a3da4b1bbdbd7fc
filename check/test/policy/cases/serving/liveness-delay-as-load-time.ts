import { Severity } from '../../../../src/policy/finding';
import { livenessDelayAsLoadTime } from '../../../../src/policy/rules/serving/liveness-delay-as-load-time';
import type { RuleCase } from '../../rule-case';
import { SERVED, WEB } from './served';

export const LIVENESS_DELAY_AS_LOAD_TIME: RuleCase = {
  rule: livenessDelayAsLoadTime,
  good: SERVED,
  flips: [
    {
      change: {
        'spec.template.spec.containers[0].startupProbe': undefined,
        'spec.template.spec.containers[0].livenessProbe.initialDelaySeconds': 120,
      },
      at: 'spec.template.spec.containers[0].livenessProbe.initialDelaySeconds',
      says: /waits 120 s/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'it serves no model': WEB,
    'a preset brings the startupProbe': `
apiVersion: serving.kserve.io/v1alpha1
kind: LLMInferenceService
metadata: { name: chat, namespace: ml }
spec:
  model: { uri: 'hf://a/b' }
  template:
    containers: [{ name: main, livenessProbe: { httpGet: { path: /health, port: 8000 }, initialDelaySeconds: 120 } }]
`,
    'a startupProbe gives the time': SERVED.replace(
      'periodSeconds: 10 }',
      'periodSeconds: 10, initialDelaySeconds: 120 }',
    ),
    'a short delay': SERVED.replace('periodSeconds: 10 }', 'periodSeconds: 10, initialDelaySeconds: 5 }'),
  },
};
