import { Severity } from '../../../../src/policy/finding';
import { asleepForEver } from '../../../../src/policy/rules/serving/asleep-for-ever';
import type { RuleCase } from '../../rule-case';
import { BY_KEDA } from './served';

export const ASLEEP_FOR_EVER: RuleCase = {
  rule: asleepForEver,
  good: BY_KEDA,
  flips: [
    {
      change: { 'spec.minReplicaCount': 0 },
      at: 'spec.minReplicaCount',
      says: /only they report vllm:num_requests_waiting/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.minReplicaCount': undefined },
      at: 'spec.minReplicaCount',
      says: /goes to 0 replicas/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'a queue wakes it': BY_KEDA.replace('minReplicaCount: 1', 'minReplicaCount: 0').replace(
      'vllm:num_requests_waiting',
      'kafka_lag',
    ),
  },
};
