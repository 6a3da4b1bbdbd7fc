import { ManifestDocument } from './document';
import type { Field } from './field';
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

/** The objects that the steps of a workflow create, read from the manifests in its text. */
export function embeddedIn(resource: Resource): Resource[] {
  if (resource.group !== 'argoproj.io' || !WORKFLOW_KINDS.has(resource.kind)) return [];
  const templates = workflowSpec(resource).at('templates').items;
  return templates
    .filter((template) => WHOLE.has(template.at('resource', 'action').text ?? ''))
    .flatMap((template) => embeddedObjects(template.at('resource', 'manifest')));
}

/** Actions whose manifest is a whole object; others have a part of one. */
const WHOLE: ReadonlySet<string> = new Set(['create', 'apply', 'replace']);

/** What Argo puts in at run time cannot be read here; a text that stands for it keeps the YAML whole. */
const EXPRESSION = /\{\{[^{}]*\}\}/g;
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
