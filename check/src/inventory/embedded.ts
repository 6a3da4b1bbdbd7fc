import { ManifestDocument } from './document';
import type { Field } from './field';
import type { Json, JsonObject } from './json';
import { isJsonObject } from './json';
import { workflowSpec } from './kinds/argo';
import type { Resource } from './resource';
import { resourcesIn } from './resource';
import { Resource as EmbeddedResource } from './resource';
import { splitDocuments } from './split-documents';

const WORKFLOW_KINDS: ReadonlySet<string> = new Set([
  'Workflow',
  'WorkflowTemplate',
  'ClusterWorkflowTemplate',
  'CronWorkflow',
]);

/** Finds a ConfigMap of the set. */
export type FindConfigMap = (name: string, namespace: string | undefined) => Resource | undefined;

/** The objects that an object makes of what it holds: the steps of a workflow, the components of an AppWrapper, the trials of an Experiment, also of one that a step creates. */
export function embeddedIn(resource: Resource, findConfigMap: FindConfigMap): Resource[] {
  const created = [...createdBySteps(resource), ...wrappedIn(resource)];
  return [...created, ...[resource, ...created].flatMap((each) => trialsOf(each, findConfigMap))];
}

/** The objects that the steps of a workflow create, read from the manifests in its text. */
function createdBySteps(resource: Resource): Resource[] {
  if (resource.group !== 'argoproj.io' || !WORKFLOW_KINDS.has(resource.kind)) return [];
  const templates = workflowSpec(resource).at('templates').items;
  return templates
    .filter((template) => WHOLE.has(template.at('resource', 'action').text ?? ''))
    .flatMap((template) => embeddedObjects(template.at('resource', 'manifest')));
}

const QUEUE = 'kueue.x-k8s.io/queue-name';

/** The objects that an AppWrapper makes when it is admitted; Kueue reads its own label for all of them. https://project-codeflare.github.io/appwrapper/ */
function wrappedIn(wrapper: Resource): Resource[] {
  if (!wrapper.is('AppWrapper', 'workload.codeflare.dev')) return [];
  const spec = wrapper.at('spec');
  const older = spec.at('resources', 'GenericItems').items.map((item) => item.at('generictemplate'));
  const templates = [...spec.at('components').items.map((component) => component.at('template')), ...older];
  const queue = wrapper.labels[QUEUE];
  return templates.flatMap((field) => {
    const { value } = field;
    if (!isJsonObject(value)) return [];
    const metadata = isJsonObject(value.metadata) ? value.metadata : {};
    const labels = isJsonObject(metadata.labels) ? metadata.labels : {};
    const queued = queue === undefined ? metadata : { ...metadata, labels: { ...labels, [QUEUE]: queue } };
    const namespace: { [key: string]: Json } = wrapper.namespace === undefined ? {} : { namespace: wrapper.namespace };
    const lineOf = (path: readonly (string | number)[]): number => wrapper.lineOf([...field.path, ...path]);
    const manifest = { ...value, metadata: { ...namespace, ...queued } };
    return [new EmbeddedResource(wrapper.document, manifest, [], { owner: wrapper, field, lineOf })];
  });
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

/** The objects of a manifest that stands as text in another: kubectl takes several documents. */
function embeddedObjects(field: Field): Resource[] {
  const { text } = field;
  if (text === undefined || !/(^|[{,])[ \t]*"?(kind|apiVersion)"?[ \t]*:/m.test(text)) return [];
  return splitDocuments(text.replace(EXPRESSION, STAND_IN)).flatMap(({ text: each, startLine }) =>
    objectsIn(field, each, startLine),
  );
}

function objectsIn(field: Field, text: string, startLine: number): Resource[] {
  const { resource } = field;
  const document = new ManifestDocument(resource.file, resource.document.number, startLine, text);
  const lineOf = (path: readonly (string | number)[]): number => field.line + document.lineOf(path);
  return resourcesIn(document).map(
    ({ manifest }) => new EmbeddedResource(document, manifest, [], { owner: resource, field, lineOf }),
  );
}

/** The object that each trial of a Katib Experiment makes. https://www.kubeflow.org/docs/components/katib/user-guides/trial-template/ */
function trialsOf(experiment: Resource, findConfigMap: FindConfigMap): Resource[] {
  if (!experiment.is('Experiment', 'kubeflow.org')) return [];
  const template = experiment.at('spec', 'trialTemplate');
  const field = template.at('trialSpec');
  if (!isJsonObject(field.value)) return trialsByText(experiment, trialText(template.at('configMap'), findConfigMap));
  const lineOf = (path: readonly (string | number)[]): number => experiment.lineOf([...field.path, ...path]);
  const manifest = trialOf(experiment, withoutParameters(field.value) as JsonObject);
  return [new EmbeddedResource(experiment.document, manifest, [], { owner: experiment, field, lineOf })];
}

/** The text of a template that stands in a ConfigMap. */
function trialText(source: Field, findConfigMap: FindConfigMap): Field | undefined {
  const [name, namespace, path] = ['configMapName', 'configMapNamespace', 'templatePath'].map(
    (key) => source.at(key).text,
  );
  return name === undefined || path === undefined ? undefined : findConfigMap(name, namespace)?.at('data', path);
}

function trialsByText(experiment: Resource, field: Field | undefined): Resource[] {
  if (field?.text === undefined) return [];
  return objectsIn(field, field.text.replace(TRIAL_PARAMETER, STAND_IN), 1).map(
    ({ document, manifest, embedding }) =>
      new EmbeddedResource(document, trialOf(experiment, manifest), [], { ...embedding!, owner: experiment }),
  );
}

/** Katib makes the name of that of the Experiment, and the trial beside it, whatever the template says. */
function trialOf({ name, namespace }: Resource, trial: JsonObject): JsonObject {
  const { name: _, namespace: __, ...own } = isJsonObject(trial.metadata) ? trial.metadata : {};
  const metadata = { ...own, generateName: `${name}-`, ...(namespace === undefined ? {} : { namespace }) };
  return { ...trial, metadata };
}

function withoutParameters(value: Json): Json {
  if (typeof value === 'string') return value.replace(TRIAL_PARAMETER, STAND_IN);
  if (Array.isArray(value)) return value.map(withoutParameters);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutParameters(each)]));
}
