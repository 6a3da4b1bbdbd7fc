import { Severity } from '../../../../src/policy/finding';
import { graceLongerThanSpotNotice } from '../../../../src/policy/rules/lost-work/grace-longer-than-spot-notice';
import { POD } from '../job-manifests';
import type { RuleCase } from '../../rule-case';
import { saving } from './manifests';

const at = `${POD}.terminationGracePeriodSeconds`;
const on = (label: string, grace: number): string =>
  saving(`nodeSelector: { ${label} }\nterminationGracePeriodSeconds: ${grace}`);

export const GRACE_LONGER_THAN_SPOT_NOTICE: RuleCase = {
  rule: graceLongerThanSpotNotice,
  good: on('karpenter.sh/capacity-type: spot', 120),
  flips: [
    {
      change: { [at]: 600 },
      at,
      says: /has 600 seconds to end, and a spot node leaves it 120/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${POD}.nodeSelector`]: { 'cloud.google.com/gke-spot': 'true' } },
      at,
      says: /has 120 seconds to end, and a spot node leaves it 15/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${POD}.nodeSelector`]: { 'kubernetes.azure.com/scalesetpriority': 'spot' } },
      at,
      says: /leaves it 30/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'nodes that stay': on('karpenter.sh/capacity-type: on-demand', 600),
    'the default is not promised': saving('nodeSelector: { cloud.google.com/gke-spot: "true" }'),
  },
};
