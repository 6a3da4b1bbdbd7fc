import type { Mount } from '../../../inventory/container';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const mountInReadOnlyVolume: Rule<Scope.CONTAINER> = {
  name: 'mount-in-read-only-volume',
  group: Group.PENDING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'The runtime makes the directory of a mount when it is not there, and cannot within a volume that is read-only: the container does not start. https://github.com/kubernetes/kubernetes/issues/68466',
  fix: 'Mount it beside the other volume, or make its directory in that volume beforehand.',
  check: ({ name, mounts }) =>
    mounts.flatMap((mount) => {
      const parent = mounts.find((each) => each.readOnly && isWithin(mount, each));
      if (!parent || mount.readOnly || parent.path === '') return [];
      const where = `${mount.path} in container ${name}, which lies in the read-only ${parent.path}`;
      return [warning(mount.field.at('mountPath'), `mounts a volume at ${where}.`)];
    }),
};

function isWithin({ path }: Mount, parent: Mount): boolean {
  return path.startsWith(`${parent.path}/`);
}
