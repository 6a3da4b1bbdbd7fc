import { claimOf } from '../../../inventory/claims';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const readOnlyClaimWritten: Rule<Scope.CONTAINER> = {
  name: 'read-only-claim-written',
  group: Group.LOST_WORK,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'A claim with ReadOnlyMany alone may only be read: the mount, or the first write, fails. https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  fix: 'Mount it with readOnly: true, or take a claim with ReadWriteMany.',
  check: ({ mounts, pod, name }, inventory) =>
    mounts.flatMap(({ volume, readOnly, field, path }) => {
      if (readOnly || !volume || volume.field.at('persistentVolumeClaim', 'readOnly').boolean) return [];
      const claim = claimOf(pod, volume, inventory);
      const modes = claim?.at('spec', 'accessModes').texts ?? [];
      if (!claim || modes.length === 0 || modes.some((mode) => mode !== 'ReadOnlyMany')) return [];
      return [
        warning(
          field,
          `mounts the claim ${claim.name}, which may only be read, for writing at ${path} in container ${name}.`,
        ),
      ];
    }),
};
