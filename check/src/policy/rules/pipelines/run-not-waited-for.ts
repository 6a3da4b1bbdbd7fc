import type { StepTemplate } from '../../../inventory/workflow-steps';
import { specOfWorkflow, stepTemplates, textsBelow } from '../../../inventory/workflow-steps';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { embeddedRun } from './embedded-workloads';

/** A later step that watches the run by itself. */
const WATCHES = /kubectl|\bwait|watch|poll|status|monitor/i;

export const runNotWaitedFor: Rule<Scope.OBJECT> = {
  name: 'run-not-waited-for',
  group: Group.PIPELINES,
  facts: ['ML-ARGO-002'],
  scope: Scope.OBJECT,
  why: 'Without conditions a step that creates a run has succeeded as soon as the run exists, so that the next step works with what is not there yet. https://argo-workflows.readthedocs.io/en/latest/walk-through/kubernetes-resources/',
  fix: 'Set successCondition and failureCondition to what the run shows at its end.',
  check: (resource, inventory) => {
    if (specOfWorkflow(resource) === undefined) return [];
    const templates = stepTemplates(resource);
    return templates.flatMap(({ field, name }) => {
      const step = field.at('resource');
      if (step.at('successCondition').exists || step.at('failureCondition').exists) return [];
      const run = embeddedRun(field, inventory);
      if (run === undefined || !templates.some((each) => goesOnAfter(name, each, templates))) return [];
      const message = `goes on after ${name} as soon as the ${run.resource.kind} is there, and not when it has ended.`;
      return [warning(step.at('successCondition'), message)];
    });
  },
};

/** Whether steps come after the one with a template, none of which looks at how the run goes. */
function goesOnAfter(
  name: string,
  { groups, isGraph, steps }: StepTemplate,
  templates: readonly StepTemplate[],
): boolean {
  const isIt = ({ field }: (typeof steps)[number]): boolean => field.at('template').text === name;
  const names = new Set(steps.filter(isIt).map((step) => step.name));
  const first = groups.findIndex((group) => group.some(isIt));
  const next = isGraph
    ? steps.filter(({ waitsFor }) => waitsFor.some((each) => names.has(each)))
    : groups.slice(first + 1).flat();
  if (names.size === 0 || next.length === 0) return false;
  const called = new Set(next.map(({ field }) => field.at('template').text));
  const texts = templates.filter((each) => called.has(each.name)).flatMap(({ field }) => textsBelow(field));
  const words = [...next.flatMap(({ field }) => textsBelow(field)), ...texts].map(({ text }) => text ?? '');
  return !words.some((word) => WATCHES.test(word));
}
