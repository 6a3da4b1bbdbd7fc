import { isOpen } from '../../../inventory/open-text';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const WINDOWS = /^[A-Za-z]:/;

export const relativeMountPath: Rule<Scope.CONTAINER> = {
  name: 'relative-mount-path',
  group: Group.PENDING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'The kubelet puts a slash before a relative path, so that the volume is at the root and not below the working directory. https://kubernetes.io/docs/concepts/storage/volumes/#how-volumes-work',
  fix: 'Write the whole path, beginning with a slash.',
  check: ({ mounts }) =>
    mounts.flatMap(({ field }) => {
      const place = field.at('mountPath');
      const { text } = place;
      if (text === undefined || text === '' || text.startsWith('/') || WINDOWS.test(text) || isOpen(place)) return [];
      return [warning(place, `mounts a volume at ${text}, which is no whole path.`)];
    }),
};
