import { faultsOf } from '../../../inventory/schema/object-faults';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const unknownField: Rule<Scope.OBJECT> = {
  name: 'unknown-field',
  group: Group.READING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'A field that the API server does not know is refused, or with lenient validation silently dropped. https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  fix: 'Correct the name, or move the field to where it belongs.',

  check: (resource, inventory) =>
    faultsOf(resource, inventory, 'unknown-field').map(({ field, message }) => error(field, message)),
};
