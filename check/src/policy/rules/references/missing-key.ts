import type { Inventory } from '../../../inventory/inventory';
import type { Reference } from '../../../inventory/references/reference';
import { references, targetOf } from '../../../inventory/references/references';
import type { Resource } from '../../../inventory/resource';
import type { Remark } from '../../finding';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const missingKey: Rule<Scope.SET> = {
  name: 'missing-key',
  group: Group.REFERENCES,
  facts: [],
  scope: Scope.SET,
  why: 'A container whose variable comes from an entry that is not there never starts. https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/',
  fix: 'Add the entry, or correct the key.',
  check: (inventory) => references(inventory).flatMap((reference) => remark(reference, inventory)),
};

function remark(reference: Reference, inventory: Inventory): Remark[] {
  const { key, name, optional } = reference;
  if (optional || !key?.text) return [];
  const target = targetOf(reference, inventory);
  const keys = target && keysOf(target);
  if (keys === undefined || keys.length === 0 || keys.includes(key.text)) return []; // empty ones are filled in later
  return [error(key, `takes ${key.text} of ${target!.kind} ${name}, which has ${keys.slice(0, 8).join(', ')}.`)];
}

function keysOf(target: Resource): string[] {
  return ['data', 'stringData', 'binaryData'].flatMap((part) => target.at(part).keys);
}
