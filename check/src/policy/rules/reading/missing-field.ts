import { faultsOf } from '../../../inventory/schema/object-faults';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const missingField: Rule<Scope.OBJECT> = {
  name: 'missing-field',
  group: Group.READING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'The API server refuses an object without a field that it requires. https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields',
  fix: 'Give the field.',

  check: (resource, inventory) =>
    faultsOf(resource, inventory, 'missing-field').map(({ field, message }) => error(field, message)),
};
