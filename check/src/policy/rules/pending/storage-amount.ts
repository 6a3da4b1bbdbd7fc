import { storageRequests } from '../../../inventory/amount-places';
import { isOpen } from '../../../inventory/open-text';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const BYTE = 1_000_000_000n;
/** Less is never meant: it is an amount without its unit. */
const LEAST = 1024n * 1024n * BYTE;

export const storageAmount: Rule<Scope.OBJECT> = {
  name: 'storage-amount',
  group: Group.PENDING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'A claim of no storage is refused, and one without a unit is of bytes. https://kubernetes.io/docs/concepts/storage/persistent-volumes/#resources',
  fix: 'Write the unit, such as 100Gi.',
  check: (object, inventory) =>
    storageRequests(object, inventory).flatMap((field) => {
      const { quantity } = field;
      if (quantity === undefined || quantity < 0n || quantity >= LEAST || isOpen(field)) return [];
      return quantity === 0n
        ? [error(field, 'asks for no storage.')]
        : [warning(field, `asks for ${field.value} of storage, less than any volume has.`)];
    }),
};
