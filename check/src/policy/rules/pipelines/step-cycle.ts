import type { StepTemplate } from '../../../inventory/workflow-steps';
import { stepTemplates } from '../../../inventory/workflow-steps';
import type { Remark } from '../../finding';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const stepCycle: Rule<Scope.OBJECT> = {
  name: 'step-cycle',
  group: Group.PIPELINES,
  facts: [],
  scope: Scope.OBJECT,
  why: 'Tasks that wait for each other never start: Argo refuses the workflow. https://argo-workflows.readthedocs.io/en/latest/walk-through/dag/',
  fix: 'Take out one of the dependencies.',
  check: (resource) => stepTemplates(resource).flatMap(cycleIn),
};

/** The first cycle of a graph, by taking away tasks that wait for nothing until none is left. */
function cycleIn({ steps, isGraph }: StepTemplate): Remark[] {
  if (!isGraph) return [];
  const names = new Set(steps.map(({ name }) => name));
  const followers = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const { name, waitsFor } of steps) {
    const known = new Set(waitsFor.filter((each) => names.has(each)));
    open.set(name, known.size);
    for (const each of known) {
      const behind = followers.get(each);
      if (behind) behind.push(name);
      else followers.set(each, [name]);
    }
  }
  const ready = [...names].filter((name) => open.get(name) === 0);
  for (const name of ready) {
    for (const follower of followers.get(name) ?? []) {
      open.set(follower, open.get(follower)! - 1);
      if (open.get(follower) === 0) ready.push(follower);
    }
  }
  const stuck = steps.filter(({ name }) => (open.get(name) ?? 0) > 0);
  if (stuck.length === 0) return [];
  const shown = stuck.slice(0, 5).map(({ name }) => name);
  return [error(stuck[0].waiting, `has tasks that wait for each other: ${shown.join(', ')}.`)];
}
