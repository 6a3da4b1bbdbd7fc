import { prometheusTriggers } from '../../../inventory/prometheus-trigger';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** What is no total: quantiles, averages, shares, and quotients. */
const RATIO =
  /\bhistogram_quantile\s*\(|^\s*avg\b|_(perc|percent|percentage|ratio|utilization|util)\b|\)\s*\/\s*(sum|count|clamp_min|scalar)\b|DCGM_FI_DEV_GPU_UTIL/i;

export const ratioDividedByReplicas: Rule<Scope.OBJECT> = {
  name: 'ratio-divided-by-replicas',
  group: Group.SERVING,
  facts: ['ML-SERVE-011'],
  scope: Scope.OBJECT,
  why: 'AverageValue, which KEDA takes when none is given, divides by the replicas: a latency or a share then falls with every replica. https://keda.sh/docs/2.20/concepts/scaling-deployments/#triggers',
  fix: 'Set metricType: Value on the trigger.',
  check: (resource) =>
    prometheusTriggers(resource).flatMap(({ trigger, query }) => {
      const type = trigger.at('metricType');
      if ((type.exists && type.text !== 'AverageValue') || !RATIO.test(query.text ?? '')) return [];
      return [
        warning(type.exists ? type : query, 'has a query for a share or a latency, which is divided by the replicas.'),
      ];
    }),
};
