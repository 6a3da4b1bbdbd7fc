import type { Field } from '../../../inventory/field';
import type { Remark } from '../../finding';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { entriesOf, ruleGroups } from './alerts';

/** A duration of Prometheus: units from the largest to the smallest, each at most once. */
const DURATION = /^(0|(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?)$/;

export const ruleDuration: Rule<Scope.OBJECT> = {
  name: 'rule-duration',
  group: Group.RUNAWAY,
  facts: [],
  scope: Scope.OBJECT,
  why: 'Prometheus knows durations such as 5m and 1h30m: with another one the object is refused, or the whole file of rules is not loaded and no alert of it ever fires. https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations',
  fix: 'Write a number and a unit, such as 5m.',
  check: (resource) => [
    ...ruleGroups(resource).flatMap((group) => judged(group.at('interval'))),
    ...entriesOf(resource).flatMap(({ field }) => [...judged(field.at('for')), ...judged(field.at('keep_firing_for'))]),
  ],
};

function judged(field: Field): Remark[] {
  const { text } = field;
  if (text === undefined || (DURATION.test(text) && text !== '')) return [];
  return [error(field, `has ${JSON.stringify(text)} for ${field.path.at(-1)}, which is no duration of Prometheus.`)];
}
