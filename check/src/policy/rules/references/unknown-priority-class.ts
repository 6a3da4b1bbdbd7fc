import { unresolved } from '../../../inventory/references/references';
import { error, info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const unknownPriorityClass: Rule<Scope.SET> = {
  name: 'unknown-priority-class',
  group: Group.REFERENCES,
  packs: [Group.PENDING],
  facts: ['ML-SCHED-016'],
  scope: Scope.SET,
  why: 'Pods that name a PriorityClass that is not there are refused, and the Job or Deployment waits for ever. https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/',
  fix: 'Add the PriorityClass, name it in the cluster profile, or declare it external.',
  props: 'Set priorityClassName to a class of the profile.',
  check: (inventory) => {
    const classes = inventory.profile?.profile.priorityClasses;
    return unresolved('priority-class', inventory).map(({ field, name }) => {
      if (classes !== undefined)
        return error(field, `names the PriorityClass ${name}, which the profile does not have.`);
      return inventory.complete
        ? error(field, `names the PriorityClass ${name}, which is not there.`)
        : info(field, `names the PriorityClass ${name}, which must be in the cluster.`);
    });
  },
};
