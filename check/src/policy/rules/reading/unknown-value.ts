import { faultsOf } from '../../../inventory/schema/object-faults';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const unknownValue: Rule<Scope.OBJECT> = {
  name: 'unknown-value',
  group: Group.READING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'The API server refuses a value that is not among those of the field. https://kubernetes.io/docs/reference/kubernetes-api/',
  fix: 'Take one of the values of the field.',

  check: (resource, inventory) =>
    faultsOf(resource, inventory, 'unknown-value').map(({ field, message }) => error(field, message)),
};
