import { ManifestDocument } from './document';
import type { Field } from './field';
import type { Json } from './json';
import { isJsonObject } from './json';
import { workflowSpec } from './kinds/argo';
import type { Resource } from './resource';
import { resourcesIn } from './resource';
import { Resource as EmbeddedResource } from './resource';

const WORKFLOW_KINDS: ReadonlySet<string> = new Set([
  'Workflow',
  'WorkflowTemplate',
  'ClusterWorkflowTemplate',
  'CronWorkflow',
]);

/** The objects that an object makes of what it holds: the steps of a workflow, the trials of an Experiment, also of one that a step creates. */
export function embeddedIn(resource: Resource): Resource[] {
  const created = createdBySteps(resource);
  return [...created, ...[resource, ...created].flatMap(trialOf)];
}

/** The objects that the steps of a workflow create, read from the manifests in its text. */
function createdBySteps(resource: Resource): Resource[] {
  if (resource.group !== 'argoproj.io' || !WORKFLOW_KINDS.has(resource.kind)) return [];
  const templates = workflowSpec(resource).at('templates').items;
  return templates
    .filter((template) => WHOLE.has(template.at('resource', 'action').text ?? ''))
    .flatMap((template) => embeddedObjects(template.at('resource', 'manifest')));
}

/** Actions whose manifest is a whole object; others have a part of one. */
const WHOLE: ReadonlySet<string> = new Set(['create', 'apply', 'replace']);

/** What Argo and Katib put in at run time cannot be read here; a text that stands for it keeps the YAML whole. */
const EXPRESSION = /\{\{[^{}]*\}\}/g;
const TRIAL_PARAMETER = /\$\{trial(?:Parameters|Spec)\.[^{}]*\}/g;
const STAND_IN = 'filled-in-later';

/** Whether a text is, or has in it, what is known at run time only. */
export function isFilledInLater({ resource, text }: Field): boolean {
  return resource.embedding !== undefined && text !== undefined && text.includes(STAND_IN);
}

function embeddedObjects(field: Field): Resource[] {
  const { text } = field;
  if (text === undefined || !/^\s*(kind|apiVersion)\s*:/m.test(text)) return [];
  const { resource } = field;
  const document = new ManifestDocument(resource.file, resource.document.number, 1, text.replace(EXPRESSION, STAND_IN));
  const lineOf = (path: readonly (string | number)[]): number => field.line + document.lineOf(path);
  return resourcesIn(document).map(({ manifest }) => new EmbeddedResource(document, manifest, [], { field, lineOf }));
}

/** The object that each trial of a Katib Experiment makes. https://www.kubeflow.org/docs/components/katib/user-guides/trial-template/ */
function trialOf(experiment: Resource): Resource[] {
  const field = experiment.at('spec', 'trialTemplate', 'trialSpec');
  if (!experiment.is('Experiment', 'kubeflow.org') || !isJsonObject(field.value)) return [];
  const trial = Object.fromEntries(field.entries.map(([key, { value }]) => [key, withoutParameters(value!)]));
  // Katib makes the name of that of the Experiment, and the trial beside it, whatever the template says.
  const { name: _, namespace: __, ...own } = isJsonObject(trial.metadata) ? trial.metadata : {};
  const { name, namespace } = experiment;
  const metadata = { ...own, generateName: `${name}-`, ...(namespace === undefined ? {} : { namespace }) };
  const lineOf = (path: readonly (string | number)[]): number => experiment.lineOf([...field.path, ...path]);
  return [new EmbeddedResource(experiment.document, { ...trial, metadata }, [], { field, lineOf })];
}

function withoutParameters(value: Json): Json {
  if (typeof value === 'string') return value.replace(TRIAL_PARAMETER, STAND_IN);
  if (Array.isArray(value)) return value.map(withoutParameters);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutParameters(each)]));
}
