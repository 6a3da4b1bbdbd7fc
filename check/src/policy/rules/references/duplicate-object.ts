import { dirname } from 'node:path';
import type { Inventory } from '../../../inventory/inventory';
import type { Resource } from '../../../inventory/resource';
import type { Remark } from '../../finding';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const duplicateObject: Rule<Scope.SET> = {
  name: 'duplicate-object',
  group: Group.REFERENCES,
  facts: [],
  scope: Scope.SET,
  why: 'Of two objects of one kind, namespace and name the one that is applied last replaces the other in silence. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  fix: 'Give one of them another name, or leave it out.',
  check: (inventory) =>
    inventory
      .once('objects by identity', () => byIdentity(inventory))
      .flatMap(([first, ...more]) => more.flatMap((each) => remark(first, each))),
};

function byIdentity({ resources }: Inventory): Resource[][] {
  const known = new Map<string, Resource[]>();
  for (const each of resources) {
    const name = each.at('metadata', 'name').text;
    if (!name || each.embedding !== undefined) continue;
    const key = [each.group, each.kind, each.namespace ?? '', name].join('\n');
    const same = known.get(key);
    if (same) same.push(each);
    else known.set(key, [each]);
  }
  return [...known.values()].filter(({ length }) => length > 1);
}

/** Files of one folder are mostly applied together; those of others are variants, such as overlays. */
function remark(first: Resource, other: Resource): Remark[] {
  const field = other.at('metadata', 'name');
  const message = `is there twice: also in ${first.file}, line ${first.lineOf([])}.`;
  if (first.file === other.file) return [error(field, message)];
  if (dirname(first.file) !== dirname(other.file) || isEqual(first, other)) return [];
  return [warning(field, message)];
}

function isEqual(a: Resource, b: Resource): boolean {
  return JSON.stringify(a.manifest) === JSON.stringify(b.manifest);
}
