import type { Volume } from '../../../inventory/volume';
import type { Workload } from '../../../inventory/workload';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { savePlaces } from './checkpoint-contract';
import { fateOf } from './save-fate';

const NAMED = /checkpoint|ckpt/i;

export const checkpointsDieWithOwner: Rule<Scope.RUN> = {
  name: 'checkpoints-die-with-owner',
  group: Group.LOST_WORK,
  facts: ['ML-CKPT-003'],
  scope: Scope.RUN,
  why: 'A claim that a Workflow or JobSet makes from a template is deleted with it, and so is every checkpoint in it. https://argo-workflows.readthedocs.io/en/latest/walk-through/volumes/',
  fix: 'Save checkpoints to a claim that is made on its own and named in the run.',
  check: (run) => {
    const holding = new Set(
      run.pods.flatMap(({ containers, volumes }) => [
        ...volumes.filter(({ name }) => NAMED.test(name)),
        ...containers.flatMap(savePlaces).flatMap((place) => {
          const fate = fateOf(place);
          return place.kind === 'checkpoint' && fate.to === 'volume' ? (fate.mount.volume ?? []) : [];
        }),
      ]),
    );
    return [...holding].flatMap((volume) => {
      if (volume.source !== 'volumeClaimTemplate' || !diesWith(run, volume)) return [];
      return [warning(volume.field, `keeps checkpoints in the claim ${volume.name}, which is deleted with it.`)];
    });
  },
};

function diesWith({ resource }: Workload, { field }: Volume): boolean {
  if (resource.kind !== 'JobSet') return resource.group === 'argoproj.io';
  const policy = resource.at(...field.path.slice(0, 3)); // spec.volumeClaimPolicies[i]
  return policy.at('retentionPolicy', 'whenDeleted').text !== 'Retain';
}
