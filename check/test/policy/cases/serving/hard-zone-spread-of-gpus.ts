import { Severity } from '../../../../src/policy/finding';
import { hardZoneSpreadOfGpus } from '../../../../src/policy/rules/serving/hard-zone-spread-of-gpus';
import type { RuleCase } from '../../rule-case';
import { SERVED } from './served';

const SPREAD = SERVED.replace(
  '      containers:',
  `      topologySpreadConstraints:
      - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: chat } } }
      containers:`,
);

export const HARD_ZONE_SPREAD_OF_GPUS: RuleCase = {
  rule: hardZoneSpreadOfGpus,
  good: SPREAD,
  flips: [
    {
      change: { 'spec.template.spec.topologySpreadConstraints[0].whenUnsatisfiable': 'DoNotSchedule' },
      at: 'spec.template.spec.topologySpreadConstraints[0].whenUnsatisfiable',
      says: /spread over zones/,
      severity: Severity.INFO,
    },
    {
      change: {
        'spec.template.spec.affinity': {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: 'topology.kubernetes.io/zone', labelSelector: { matchLabels: { app: 'chat' } } },
            ],
          },
        },
      },
      at: 'spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey',
      says: /alone in its zone/,
      fix: /preferredDuring/,
      severity: Severity.INFO,
    },
  ],
  silent: {
    'nodes, not zones': SPREAD.replace('ScheduleAnyway', 'DoNotSchedule').replace(
      'topology.kubernetes.io/zone',
      'kubernetes.io/hostname',
    ),
  },
};
