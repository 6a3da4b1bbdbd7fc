import { claimOf } from '../../../inventory/claims';
import type { Inventory } from '../../../inventory/inventory';
import type { Resource } from '../../../inventory/resource';
import { makesResult, trains } from '../../../inventory/training';
import { savePlaces } from './checkpoint-contract';
import { fateOf } from './save-fate';

const NAMED = /checkpoint|ckpt/i;

/** The claims of the set in which runs keep checkpoints or results. */
export function savedClaims(inventory: Inventory): ReadonlySet<Resource> {
  return inventory.once('claims that runs save to', () => {
    const claims = new Set(inventory.of('', 'PersistentVolumeClaim').filter(({ name }) => NAMED.test(name)));
    for (const pod of inventory.runs.flatMap(({ pods }) => pods).filter((each) => trains(each) || makesResult(each))) {
      for (const place of pod.containers.flatMap(savePlaces)) {
        const fate = fateOf(place);
        const volume = fate.to === 'volume' ? fate.mount.volume : undefined;
        const claim = volume && claimOf(pod, volume, inventory);
        if (claim) claims.add(claim);
      }
      for (const volume of pod.volumes.filter(({ name }) => NAMED.test(name))) {
        const claim = claimOf(pod, volume, inventory);
        if (claim) claims.add(claim);
      }
    }
    return claims;
  });
}
