import { Severity } from '../../../../src/policy/finding';
import { queryNotAggregated } from '../../../../src/policy/rules/serving/query-not-aggregated';
import type { RuleCase } from '../../rule-case';
import { BY_KEDA } from './served';

export const QUERY_NOT_AGGREGATED: RuleCase = {
  rule: queryNotAggregated,
  good: BY_KEDA,
  flips: [
    {
      change: { 'spec.triggers[0].metadata.query': 'vllm:num_requests_waiting' },
      at: 'spec.triggers[0].metadata.query',
      says: /not aggregated/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.triggers[0].metadata.query': 'rate(vllm:request_success_total[1m])' },
      at: 'spec.triggers[0].metadata.query',
      says: /not aggregated/,
      severity: Severity.WARNING,
    },
    ...['sum by (pod) (vllm:num_requests_waiting)', 'avg(DCGM_FI_DEV_GPU_UTIL{a="b"}) by (Hostname, gpu)'].map(
      (query) => ({
        change: { 'spec.triggers[0].metadata.query': query },
        at: 'spec.triggers[0].metadata.query',
        says: /not aggregated/,
        severity: Severity.WARNING,
      }),
    ),
  ],
  silent: {
    'aggregated again': BY_KEDA.replace(
      'sum(vllm:num_requests_waiting)',
      'sum(max by (pod) (vllm:num_requests_waiting))',
    ),
    'by what is one here': BY_KEDA.replace('sum(vllm:', 'sum by (model_name) (vllm:'),
    'a template says it later': BY_KEDA.replace('sum(vllm:num_requests_waiting)', '{{metric}}'),
    'a bare number': BY_KEDA.replace('sum(vllm:num_requests_waiting)', '1'),
  },
};
