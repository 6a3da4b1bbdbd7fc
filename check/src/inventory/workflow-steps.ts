import type { Field } from './field';
import { workflowSpec } from './kinds/argo';
import type { Json } from './json';
import type { Resource } from './resource';

/** A step of a workflow, or a task of its graph. */
export interface Step {
  readonly field: Field;
  readonly name: string;
  /** Names of the steps that it waits for; of steps in groups, none. */
  readonly waitsFor: readonly string[];
  /** Where those names stand. */
  readonly waiting: Field;
}

/** A template of a workflow. */
export interface StepTemplate {
  readonly field: Field;
  readonly name: string;
  /** Tasks of a graph, or steps of all groups. */
  readonly steps: readonly Step[];
  /** Whether the steps are tasks of a graph. */
  readonly isGraph: boolean;
  /** Steps in the order of their groups, for templates that have groups. */
  readonly groups: readonly (readonly Step[])[];
}

const KINDS: ReadonlySet<string> = new Set(['Workflow', 'WorkflowTemplate', 'ClusterWorkflowTemplate', 'CronWorkflow']);

/** Whether an object is a workflow of Argo, of whatever kind. */
export function isWorkflow({ group, kind }: Resource): boolean {
  return group === 'argoproj.io' && KINDS.has(kind);
}

/** The spec of a workflow; undefined when the object is none. */
export function specOfWorkflow(resource: Resource): Field | undefined {
  return isWorkflow(resource) ? workflowSpec(resource) : undefined;
}

/** The templates of a workflow. */
export function stepTemplates(resource: Resource): StepTemplate[] {
  const spec = specOfWorkflow(resource);
  return (spec?.at('templates').items ?? []).map((field) => {
    const tasks = field.at('dag', 'tasks').items.map(taskOf);
    const groups = field
      .at('steps')
      .items.map((group) => (Array.isArray(group.value) ? group.items : [group]).map(stepOf));
    const isGraph = field.at('dag').exists;
    return { field, name: field.at('name').text ?? '', steps: isGraph ? tasks : groups.flat(), isGraph, groups };
  });
}

function stepOf(field: Field): Step {
  return { field, name: field.at('name').text ?? '', waitsFor: [], waiting: field.at('dependencies') };
}

function taskOf(field: Field): Step {
  const depends = field.at('depends');
  const listed = field.at('dependencies');
  const waitsFor = depends.text === undefined ? listed.texts : namesIn(depends.text);
  return { field, name: field.at('name').text ?? '', waitsFor, waiting: depends.exists ? depends : listed };
}

/** Names in an expression such as `(a.Succeeded || b) && !c.Failed`. */
function namesIn(expression: string): string[] {
  if (expression.includes('{{')) return [];
  return expression
    .split(/[\s()&|!]+/)
    .filter((part) => part !== '')
    .map((part) => part.replace(/\..*$/s, ''));
}

/** The texts below a place, but those below some keys. */
export function textsBelow(field: Field, without: ReadonlySet<string> = new Set()): Field[] {
  const found: Field[] = [];
  const walk = (at: Field, value: Json | undefined): void => {
    if (typeof value === 'string') found.push(at);
    else if (Array.isArray(value)) at.items.forEach((each) => walk(each, each.value));
    else for (const [key, each] of at.entries) if (!without.has(key)) walk(each, each.value);
  };
  walk(field, field.value);
  return found;
}
