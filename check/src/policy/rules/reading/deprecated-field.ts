import { FORMER_FIELDS } from '../../../inventory/schema/former-fields';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const deprecatedField: Rule<Scope.OBJECT> = {
  name: 'deprecated-field',
  group: Group.READING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'The newest operators no longer have the field: the next upgrade drops it, and what it said. https://kubernetes.io/docs/reference/using-api/deprecation-policy/',
  fix: 'Write the field that took its place.',
  check: (resource) =>
    FORMER_FIELDS.filter(({ kind }) => kind === `${resource.group}/${resource.kind}`).flatMap(
      ({ place, successor, since }) => {
        const field = resource.at(...place.split('.'));
        if (!field.exists) return [];
        return [warning(field, `has ${place}, which is deprecated since ${since}.`, `Write ${successor}.`)];
      },
    ),
};
