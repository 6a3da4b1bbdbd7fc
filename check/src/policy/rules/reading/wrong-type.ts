import { faultsOf } from '../../../inventory/schema/object-faults';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const wrongType: Rule<Scope.OBJECT> = {
  name: 'wrong-type',
  group: Group.READING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'The API server refuses a value of another type. https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  fix: 'Write a value of the type that the field has.',
  spoils: true,
  check: (resource, inventory) =>
    faultsOf(resource, inventory, 'wrong-type').map(({ field, message }) => error(field, message)),
};
