import { storageClassOf } from '../../../inventory/claims';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { savedClaims } from './saved-claims';

export const volumeDeletedWithClaim: Rule<Scope.SET> = {
  name: 'volume-deleted-with-claim',
  group: Group.LOST_WORK,
  facts: ['ML-CKPT-003'],
  scope: Scope.SET,
  why: 'With the reclaim policy Delete, which is the default of a StorageClass, the volume and all in it go when somebody deletes the claim, or its namespace. https://kubernetes.io/docs/concepts/storage/persistent-volumes/#delete',
  fix: 'Use a StorageClass with reclaimPolicy: Retain for checkpoints and models.',
  check: (inventory) =>
    [...savedClaims(inventory)].flatMap((claim) => {
      const storageClass = storageClassOf(claim, inventory);
      const policy = storageClass?.at('reclaimPolicy');
      if (!storageClass || !policy || (policy.exists && policy.text !== 'Delete')) return [];
      const place = claim.at('spec', 'storageClassName');
      return [
        warning(
          place,
          `keeps what runs save, and its StorageClass ${storageClass.name} deletes volumes with their claims.`,
        ),
      ];
    }),
};
