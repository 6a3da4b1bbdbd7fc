import { isOpen } from '../../../inventory/open-text';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const escapingSubPath: Rule<Scope.CONTAINER> = {
  name: 'escaping-sub-path',
  group: Group.PENDING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'A subPath stays within its volume: the API server refuses one that is absolute or goes up. https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath',
  fix: 'Write the path as seen from the root of the volume, without a slash in front.',
  check: ({ mounts }) =>
    mounts.flatMap(({ field }) =>
      ['subPath', 'subPathExpr'].flatMap((key) => {
        const place = field.at(key);
        const { text } = place;
        if (text === undefined || (key === 'subPath' && isOpen(place))) return [];
        if (text.startsWith('/')) return [error(place, `has the ${key} ${text}, which is absolute.`)];
        return text.split('/').includes('..') ? [error(place, `has the ${key} ${text}, which goes up.`)] : [];
      }),
    ),
};
