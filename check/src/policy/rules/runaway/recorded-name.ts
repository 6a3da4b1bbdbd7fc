import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { entriesOf } from './alerts';

export const recordedName: Rule<Scope.OBJECT> = {
  name: 'recorded-name',
  group: Group.RUNAWAY,
  facts: [],
  scope: Scope.OBJECT,
  why: 'A recorded series has a name of letters, digits, _ and colons: with another one the whole file of rules is not loaded. https://prometheus.io/docs/practices/rules/#naming',
  fix: 'Write the name as level:metric:operations, with underscores for hyphens.',
  check: (resource) =>
    entriesOf(resource).flatMap(({ record }) =>
      record.text === undefined || /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(record.text)
        ? []
        : [error(record, `records a series named ${JSON.stringify(record.text)}, which Prometheus refuses.`)],
    ),
};
