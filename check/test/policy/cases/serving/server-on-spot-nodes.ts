import { Severity } from '../../../../src/policy/finding';
import { serverOnSpotNodes } from '../../../../src/policy/rules/serving/server-on-spot-nodes';
import type { RuleCase } from '../../rule-case';
import { SERVED, WEB } from './served';

export const SERVER_ON_SPOT_NODES: RuleCase = {
  rule: serverOnSpotNodes,
  good: SERVED,
  flips: [
    {
      change: { "spec.template.spec.nodeSelector['karpenter.sh/capacity-type']": 'spot' },
      at: "spec.template.spec.nodeSelector['karpenter.sh/capacity-type']",
      says: /on spot nodes alone/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'it serves no model': WEB.replace(
      'spec: { containers',
      'spec: { nodeSelector: { karpenter.sh/capacity-type: spot }, containers',
    ),
    'it may run elsewhere': SERVED.replace(
      'nodeSelector: {',
      'affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchExpressions: [{ key: karpenter.sh/capacity-type, operator: In, values: [spot] }] } }] } }\n      nodeSelector: {',
    ),
  },
};
