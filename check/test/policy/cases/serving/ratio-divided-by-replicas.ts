import { Severity } from '../../../../src/policy/finding';
import { ratioDividedByReplicas } from '../../../../src/policy/rules/serving/ratio-divided-by-replicas';
import type { RuleCase } from '../../rule-case';
import { BY_KEDA } from './served';

export const RATIO_DIVIDED_BY_REPLICAS: RuleCase = {
  rule: ratioDividedByReplicas,
  good: BY_KEDA,
  flips: [
    {
      change: { 'spec.triggers[0].metadata.query': 'avg(vllm:kv_cache_usage_perc)' },
      at: 'spec.triggers[0].metricType',
      says: /divided by the replicas/,
      severity: Severity.WARNING,
    },
    {
      change: {
        'spec.triggers[0].metadata.query':
          'histogram_quantile(0.95, sum(rate(vllm:e2e_request_latency_seconds_bucket[1m])) by (le))',
      },
      at: 'spec.triggers[0].metricType',
      says: /divided by the replicas/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'it is not divided': BY_KEDA.replace('metricType: AverageValue', 'metricType: Value').replace(
      'sum(vllm:num_requests_waiting)',
      'avg(vllm:kv_cache_usage_perc)',
    ),
  },
};
