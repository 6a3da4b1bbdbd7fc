import { Severity } from '../../../../src/policy/finding';
import { deprecatedNodeLabel } from '../../../../src/policy/rules/pending/deprecated-node-label';
import type { RuleCase } from '../../rule-case';
import { podWith } from './manifests';

const spread = 'spec.topologySpreadConstraints[0].topologyKey';

export const DEPRECATED_NODE_LABEL: RuleCase = {
  rule: deprecatedNodeLabel,
  good: podWith(
    '{}',
    `nodeSelector: { kubernetes.io/arch: amd64 }
topologySpreadConstraints:
- { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway }`,
  ),
  flips: [
    {
      change: { 'spec.nodeSelector': { 'beta.kubernetes.io/arch': 'amd64' } },
      at: "spec.nodeSelector['beta.kubernetes.io/arch']",
      says: /beta.kubernetes.io\/arch, which is deprecated/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.nodeSelector': { 'node-role.kubernetes.io/master': '' } },
      at: "spec.nodeSelector['node-role.kubernetes.io/master']",
      says: /which nodes no longer have/,
      severity: Severity.WARNING,
    },
    {
      change: { [spread]: 'failure-domain.beta.kubernetes.io/zone' },
      at: spread,
      says: /failure-domain.beta.kubernetes.io\/zone, which is deprecated/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a taint may still have the old name': podWith(
      '{}',
      'tolerations: [{ key: node-role.kubernetes.io/master, operator: Exists }]',
    ),
  },
};
