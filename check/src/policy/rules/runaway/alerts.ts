import type { Field } from '../../../inventory/field';
import type { Inventory } from '../../../inventory/inventory';
import type { Resource } from '../../../inventory/resource';

/** A rule of Prometheus: an alert, or a series that is recorded. */
export interface PrometheusEntry {
  readonly field: Field;
  readonly alert: Field;
  readonly record: Field;
  readonly expr: Field;
}

/** Kinds that hold rules of Prometheus in the same form. */
const KINDS: readonly (readonly [group: string, kind: string])[] = [
  ['monitoring.coreos.com', 'PrometheusRule'],
  ['azmonitoring.coreos.com', 'PrometheusRule'],
  ['monitoring.googleapis.com', 'Rules'],
  ['monitoring.googleapis.com', 'ClusterRules'],
  ['operator.victoriametrics.com', 'VMRule'],
];

/** The groups of rules of an object; none when it is of another kind. */
export function ruleGroups(resource: Resource): readonly Field[] {
  const isOne = KINDS.some(([group, kind]) => resource.is(kind, group));
  return isOne ? resource.at('spec', 'groups').items : [];
}

/** The rules of an object. */
export function entriesOf(resource: Resource): PrometheusEntry[] {
  return ruleGroups(resource).flatMap((group) =>
    group.at('rules').items.map((field) => ({
      field,
      alert: field.at('alert'),
      record: field.at('record'),
      expr: field.at('expr'),
    })),
  );
}

/** The alerts of a set. */
export function alertsIn(inventory: Inventory): readonly PrometheusEntry[] {
  return inventory.once('alerts', () =>
    KINDS.flatMap(([group, kind]) => inventory.of(group, kind))
      .flatMap(entriesOf)
      .filter(({ alert }) => alert.exists),
  );
}
