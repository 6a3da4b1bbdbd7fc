import { show } from 'cdk8s-ml/floor/core/diagnostics';
import type { AmountPlace } from '../../../inventory/amount-places';
import { amountPlaces } from '../../../inventory/amount-places';
import { isOpen } from '../../../inventory/open-text';
import type { Remark } from '../../finding';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const impossibleQuantity: Rule<Scope.OBJECT> = {
  name: 'impossible-quantity',
  group: Group.PENDING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'The API server refuses an amount that is not written as a quantity, or is below zero. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/',
  fix: 'Write a number with a unit that Kubernetes knows, such as 500m, 16Gi or 16G.',
  check: (object, inventory) => amountPlaces(object, inventory).flatMap(remark),
};

function remark({ resource, field }: AmountPlace): Remark[] {
  const { value, quantity } = field;
  if ((typeof value !== 'string' && typeof value !== 'number') || isOpen(field)) return [];
  if (quantity === undefined) {
    return [error(field, `has ${show(value)} of ${resource}, which is no quantity.`, suggestion(String(value)))];
  }
  return quantity < 0n ? [error(field, `has ${show(value)} of ${resource}, which is below zero.`)] : [];
}

const WITH_UNIT = /^\s*(\d{1,12}(?:[.,]\d{1,3})?)\s*([kmgtp])(i?)b?\s*$/i;

/** The quantity that was probably meant. */
function suggestion(text: string): string | undefined {
  const [, amount, unit, binary] = WITH_UNIT.exec(text) ?? [];
  if (amount === undefined) return undefined;
  const prefix = unit.toUpperCase() === 'K' && binary === '' ? 'k' : unit.toUpperCase();
  return `Write ${amount.replace(',', '.')}${prefix}${binary === '' ? '' : 'i'}.`;
}
