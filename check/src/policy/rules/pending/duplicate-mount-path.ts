import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const duplicateMountPath: Rule<Scope.CONTAINER> = {
  name: 'duplicate-mount-path',
  group: Group.PENDING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'The API server refuses a container that mounts two volumes at one path. https://kubernetes.io/docs/concepts/storage/volumes/#how-volumes-work',
  fix: 'Give each volume a path of its own, or mount one of them with a subPath.',
  check: ({ name, field }) => {
    const seen = new Set<string>();
    return field.at('volumeMounts').items.flatMap((mount) => {
      const path = mount.at('mountPath');
      if (path.text === undefined || path.text === '') return [];
      if (seen.has(path.text)) return [error(path, `mounts two volumes at ${path.text} in container ${name}.`)];
      seen.add(path.text);
      return [];
    });
  },
};
