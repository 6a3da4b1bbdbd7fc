import { makesResult } from '../../../inventory/training';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { resumePlaces, savePlaces } from './checkpoint-contract';
import { fateOf } from './save-fate';

export const checkpointInContainer: Rule<Scope.RUN> = {
  name: 'checkpoint-in-container',
  group: Group.LOST_WORK,
  facts: ['ML-CKPT-001'],
  scope: Scope.RUN,
  why: 'What a program writes outside of every volume goes with its container, when it fails as well as when it ends. https://kubernetes.io/docs/concepts/storage/volumes/#why-volumes-are-important',
  fix: 'Mount a claim at or above the path, or save to an object store.',
  props: 'Set checkpoints to Checkpoints.claim(...), and output to ModelStore.claim(...).',
  check: ({ pods }) =>
    pods.filter(makesResult).flatMap(({ containers }) =>
      containers.flatMap((container) => {
        const lost = resumePlaces(container).filter((place) => fateOf(place).to === 'container');
        if (lost.length > 0) {
          const [{ field, by, written }] = lost;
          return [
            warning(field, `resumes from ${written} (${by}) in container ${container.name}, which is in no volume.`),
          ];
        }
        const fates = savePlaces(container).map((place) => ({ place, fate: fateOf(place) }));
        const keepsState = fates.some(({ place, fate }) => place.kind === 'checkpoint' && fate.to !== 'container');
        return fates.flatMap(({ place: { kind, field, by, written }, fate }) => {
          if (fate.to !== 'container') return [];
          const where = fate.path === written ? written : `${written}, which is ${fate.path}`;
          const message = `saves to ${where} (${by}) in container ${container.name}, which is in no volume.`;
          // With the state safe, what is left may be logs and figures.
          return [kind === 'output' && keepsState ? warning(field, message) : error(field, message)];
        });
      }),
    ),
};
