import { nearest } from 'cdk8s-ml/floor/core/nearest';
import type { Inventory } from '../../../inventory/inventory';
import type { Reference, ReferenceKind } from '../../../inventory/references/reference';
import { unresolved } from '../../../inventory/references/references';
import type { Remark } from '../../finding';
import { error } from '../../finding';
import type { Rule, RuleDescription } from '../../rule';
import { Group, Need, Scope } from '../../rule';

/** A rule that everything of a sort that is named must be in the set, when the set is all that there is. */
export function closedWorld(
  kind: ReferenceKind,
  description: Pick<RuleDescription, 'name' | 'why' | 'fix' | 'props'> & { readonly facts?: readonly string[] },
): Rule<Scope.SET> {
  return {
    facts: [],
    ...description,
    group: Group.REFERENCES,
    scope: Scope.SET,
    needs: [Need.COMPLETE],
    check: (inventory) => unresolved(kind, inventory).map((reference) => missing(reference, inventory)),
  };
}

/** What is said of a name that leads to nothing. */
export function missing(reference: Reference, inventory: Inventory): Remark {
  const { field, name, targets } = reference;
  const kinds = targets.map((target) => target.split('/')[1]).join(' or ');
  const guess = nearest(name, namesLike(reference, inventory));
  const meant = guess === undefined || guess === name ? '' : ` Did you mean ${guess}?`;
  return error(field, `names ${kinds} ${name}, which is not there.${meant}`);
}

/** Among more names nobody looks for the one that was meant. */
export const MOST_NAMES = 300;

function namesLike({ targets, namespace }: Reference, inventory: Inventory): string[] {
  return targets
    .flatMap((target) => {
      const [group, kind] = target.split('/');
      const there = inventory.of(group, kind);
      return there
        .filter((each) => each.namespace === undefined || each.namespace === namespace)
        .map(({ name }) => name);
    })
    .slice(0, MOST_NAMES);
}
