import type { Inventory } from '../../../inventory/inventory';
import { trains } from '../../../inventory/training';
import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { savePlaces } from './checkpoint-contract';
import { fateOf } from './save-fate';

const STORE = /(s3|gs|gcs|az|abfss?|wasbs?|hf|oci|mlflow|models):\/\/|mlflow|wandb|push[-_]to[-_]hub|registry/i;

export const resultOnlyOnClaim: Rule<Scope.POD> = {
  name: 'result-only-on-claim',
  group: Group.LOST_WORK,
  facts: ['ML-CKPT-013'],
  scope: Scope.POD,
  why: 'A model that is on one volume only has no version, no second copy, and no way to those who serve it from elsewhere. https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming',
  fix: 'Add a step that copies the model to an object store or a registry, or waive it where another system does.',
  check: (pod, inventory) => {
    if (!trains(pod)) return [];
    const says = pod.everyContainer.flatMap(({ words, env }) => [
      ...words,
      ...env.flatMap(({ name, value }) => [name, value ?? '']),
    ]);
    if (says.some((word) => STORE.test(word))) return [];
    return pod.containers.flatMap(savePlaces).flatMap(({ kind, ...place }) => {
      const fate = fateOf({ kind, ...place });
      const name = fate.to === 'volume' ? fate.mount.volume?.claimName : undefined;
      if (kind !== 'output' || name === undefined || users(name, inventory) > 1) return [];
      return [
        info(
          place.field,
          `leaves its result at ${place.written} on the claim ${name}, and nothing here takes it further.`,
        ),
      ];
    });
  },
};

/** How many workloads of the set use a claim of a name. */
function users(claimName: string, inventory: Inventory): number {
  const counts = inventory.once('workloads by the names of their claims', () => {
    const found = new Map<string, number>();
    for (const { pods } of inventory.workloads) {
      const names = new Set(pods.flatMap(({ volumes }) => volumes.flatMap((volume) => volume.claimName ?? [])));
      for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
    }
    return found;
  });
  return counts.get(claimName) ?? 0;
}
