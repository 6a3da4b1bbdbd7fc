import { prometheusTriggers } from '../../../inventory/prometheus-trigger';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const AGGREGATE =
  /\b(sum|avg|max|min|count|quantile|group|stddev|stdvar|topk|bottomk|scalar|vector|absent)\b\s*(by\b|without\b)?\s*\(/i;
/** The labels by which an aggregate that is in no other keeps results apart: before what it aggregates, or behind it. */
const BEFORE = /^\s*(?:sum|avg|max|min|count)\s*by\s*\(([^()]*)\)/i;
const OUTERMOST = /^\s*(?:sum|avg|max|min|count)\s*\(/i;
const BEHIND = /\)\s*by\s*\(([^()]*)\)\s*$/i;
/** What tells replicas or GPUs apart. */
const EACH = /\b(pod|pod_name|instance|gpu|uuid|hostname|node|exported_pod|kubernetes_pod_name)\b/i;
/** More than any query has. */
const LONGEST = 20_000;
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
      if (AGGREGATE.test(text) && !keepsApart(text.slice(0, LONGEST))) return [];
      return [warning(query, 'has a query that is not aggregated, and so has a result for each replica.')];
    }),
};

function keepsApart(query: string): boolean {
  const labels = BEFORE.exec(query)?.[1] ?? (OUTERMOST.test(query) ? BEHIND.exec(query)?.[1] : undefined);
  return labels !== undefined && EACH.test(labels);
}
