import { isOpen } from '../../../inventory/open-text';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Volumes that the API server adds, and that stay in what is read back from it. */
const ADDED = /-token-[a-z0-9]{5}$|^kube-api-access-/;

export const undefinedVolume: Rule<Scope.CONTAINER> = {
  name: 'undefined-volume',
  group: Group.PENDING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'A pod is refused when a container mounts a volume that the pod does not have. https://kubernetes.io/docs/concepts/storage/volumes/#how-volumes-work',
  fix: 'Define the volume under spec.volumes of the pod, or correct the name.',
  check: ({ pod, name, mounts }) => {
    if (pod.partial) return [];
    return mounts.flatMap(({ field, volume, volumeName }) => {
      const place = field.at('name');
      if (
        volume !== undefined ||
        volumeName === undefined ||
        volumeName === '' ||
        ADDED.test(volumeName) ||
        isOpen(place)
      )
        return [];
      return [error(place, `mounts the volume ${volumeName} in container ${name}, and the pod has none of that name.`)];
    });
  },
};
