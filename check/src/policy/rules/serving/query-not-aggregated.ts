import { prometheusTriggers } from '../../../inventory/prometheus-trigger';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const AGGREGATE =
  /\b(sum|avg|max|min|count|quantile|group|stddev|stdvar|topk|bottomk|scalar|vector|absent)\b\s*(by\b|without\b)?\s*\(/i;
/** An aggregate that keeps what tells replicas or GPUs apart, and is in no other. */
const APART =
  '\\bby\\s*\\([^()]*\\b(pod|pod_name|instance|gpu|uuid|hostname|node|exported_pod|kubernetes_pod_name)\\b[^()]*\\)';
const KEEPS_APART = new RegExp(
  `^\\s*(sum|avg|max|min|count)\\s*${APART}|^\\s*(sum|avg|max|min|count)\\s*\\(.*\\)\\s*${APART}\\s*$`,
  'is',
);
const SELECTOR = /[a-zA-Z_:][\w:]*/;

export const queryNotAggregated: Rule<Scope.OBJECT> = {
  name: 'query-not-aggregated',
  group: Group.SERVING,
  facts: ['ML-SERVE-009'],
  scope: Scope.OBJECT,
  why: 'A query with one result for each replica is an error to KEDA as soon as there are two, and nothing scales. https://keda.sh/docs/2.20/scalers/prometheus/',
  fix: 'Write sum(...), avg(...) or max(...) around the metric.',
  check: (resource) =>
    prometheusTriggers(resource).flatMap(({ query }) => {
      const { text } = query;
      if (text === undefined || text.includes('{{') || !SELECTOR.test(text)) return [];
      if (AGGREGATE.test(text) && !KEEPS_APART.test(text)) return [];
      return [warning(query, 'has a query that is not aggregated, and so has a result for each replica.')];
    }),
};
