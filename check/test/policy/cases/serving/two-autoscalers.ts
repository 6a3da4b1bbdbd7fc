import { Severity } from '../../../../src/policy/finding';
import { twoAutoscalers } from '../../../../src/policy/rules/serving/two-autoscalers';
import type { RuleCase } from '../../rule-case';
import { BY_KEDA, SCALED, SERVED } from './served';

const OTHER = `---${BY_KEDA.replaceAll('chat', 'other')}`;

export const TWO_AUTOSCALERS: RuleCase = {
  rule: twoAutoscalers,
  good: SERVED + SCALED + OTHER,
  flips: [
    {
      change: { 'spec.scaleTargetRef.name': 'chat' },
      at: 'spec.scaleTargetRef',
      says: /scales Deployment chat, which HorizontalPodAutoscaler serving\/chat scales as well/,
      severity: Severity.ERROR,
      object: 2,
    },
  ],
  silent: {
    'one of another namespace':
      SERVED + SCALED + OTHER.replaceAll('other', 'chat').replace('namespace: serving', 'namespace: lab'),
    'one takes over the other':
      SERVED +
      SCALED +
      OTHER.replaceAll('other', 'chat').replace(
        'namespace: serving',
        'namespace: serving, annotations: { scaledobject.keda.sh/transfer-hpa-ownership: "true" }',
      ),
  },
};
