import type { Field } from '../../../inventory/field';
import { Inventory } from '../../../inventory/inventory';
import { holdsSecret } from '../../../inventory/spoken-secret';
import { textsOf } from '../../../inventory/texts';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** What repeats the object, or is an object of its own. */
const REPEATED = ['manifest', 'managedFields', 'kubectl.kubernetes.io/last-applied-configuration'];
/** Where another rule looks in kinds that carry pods. */
const IN_CONTAINERS = ['env', 'command', 'args', 'source'];
const OF_PODS: ReadonlySet<string> = new Set([...REPEATED, ...IN_CONTAINERS]);
const OF_OTHERS: ReadonlySet<string> = new Set(REPEATED);
/** Kinds that have rules of their own, or whose texts are encrypted or about texts. */
const OTHER_KINDS: ReadonlySet<string> = new Set(['Secret', 'ConfigMap', 'SealedSecret', 'CustomResourceDefinition']);

export const secretInField: Rule<Scope.OBJECT> = {
  name: 'secret-in-field',
  group: Group.SECURITY,
  facts: ['ML-SEC-003'],
  scope: Scope.OBJECT,
  why: 'Everybody who can read the object can read it, and Git keeps it for ever. https://kubernetes.io/docs/concepts/configuration/secret/',
  fix: 'Put it into a Secret, and revoke the one that was shown.',
  check: (resource) => {
    if (OTHER_KINDS.has(resource.kind)) return [];
    return [...textsOf(resource, Inventory.carriesPods(resource) ? OF_PODS : OF_OTHERS)]
      .filter((field) => holdsSecret(variableOf(field), field.text ?? ''))
      .map((field) => error(field, `has a secret in plain text in ${field.path.at(-1)}.`));
  },
};

/** The name of the variable whose value a text is. */
function variableOf({ resource, path }: Field): string {
  if (path.at(-1) !== 'value' || path.at(-3) !== 'env') return '';
  return resource.at(...path.slice(0, -1), 'name').text ?? '';
}
