import { isOpen } from '../../../inventory/open-text';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const hiddenMount: Rule<Scope.CONTAINER> = {
  name: 'hidden-mount',
  group: Group.PENDING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'Two spellings of one path pass the API server as two, and in the container the later mount hides the earlier. https://kubernetes.io/docs/concepts/storage/volumes/#how-volumes-work',
  fix: 'Give each volume a path of its own.',
  check: ({ name, mounts }) => {
    const seen = new Map<string, string>();
    return mounts.flatMap(({ path, field }) => {
      const place = field.at('mountPath');
      const written = place.text;
      if (written === undefined || written === '' || isOpen(place)) return [];
      const earlier = seen.get(path);
      seen.set(path, earlier ?? written);
      if (earlier === undefined || earlier === written) return [];
      return [warning(place, `mounts at ${written} over what is at ${earlier} in container ${name}.`)];
    });
  },
};
