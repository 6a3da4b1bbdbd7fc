import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Problem } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { dnsLabelProblem, labelKeyProblem, labelValueProblem } from '../core/names';
import { BAD_NAME, UNPRINTABLE_TEXT } from '../core/rules';
import { forbiddenCharacter } from '../core/text';
import { DUPLICATE_OBJECT, LABEL, LARGE_ANNOTATIONS, SYSTEM_NAMESPACE } from '../kinds/diagnostics';

const objects = new WeakMap<IConstruct, Map<string, ApiObject[]>>();

/** Remembers an object so that a second one of the same kind, namespace and name is found. */
export function remember(object: ApiObject): void {
  const root = object.node.root;
  const known = objects.get(root) ?? new Map<string, ApiObject[]>();
  objects.set(root, known);
  const identity = identityOf(object);
  known.set(identity, [...(known.get(identity) ?? []), object]);
}

/** What is wrong with the head of an object, whoever wrote it: the construct, the chart, or a later `addLabel`. */
export function metadataProblems(object: ApiObject): Problem[] {
  const { labels, annotations } = object.metadata.toJson() as Record<string, Record<string, unknown> | undefined>;
  return [
    ...duplicateProblems(object),
    ...namespaceProblems(object.metadata.namespace),
    ...Object.entries(labels ?? {}).flatMap(([key, value]) => labelProblems(key, value, 'metadata.labels')),
    ...annotationProblems(annotations ?? {}),
  ];
}

/** What is wrong with one label. */
export function labelProblems(key: string, value: unknown, property: string): Problem[] {
  const keyProblem = labelKeyProblem(key);
  const valueProblem = typeof value === 'string' ? labelValueProblem(value) : 'must be text';
  const fix = 'Change the label; what does not fit belongs into an annotation.';
  const found = (what: string): Problem => ({
    rule: LABEL,
    property: `${property}.${key}`,
    value: show(value),
    message: what,
    fix,
  });
  return [
    ...(keyProblem === undefined ? [] : [found(`the label key ${show(key)} ${keyProblem}.`)]),
    ...(valueProblem === undefined ? [] : [found(`the value ${show(value)} of label ${key} ${valueProblem}.`)]),
  ];
}

const LARGEST_ANNOTATIONS = 262144;

function annotationProblems(annotations: Record<string, unknown>): Problem[] {
  const problems: Problem[] = [];
  let total = 0;
  for (const [key, value] of Object.entries(annotations)) {
    const property = `metadata.annotations.${key}`;
    const fix = 'Change the annotation.';
    const keyProblem = labelKeyProblem(key);
    if (keyProblem !== undefined)
      problems.push({ rule: LABEL, property, message: `the annotation key ${show(key)} ${keyProblem}.`, fix });
    if (typeof value !== 'string') {
      problems.push({
        rule: LABEL,
        property,
        value: show(value),
        message: `the annotation ${key} is ${show(value)}, not text.`,
        fix,
      });
      continue;
    }
    const odd = forbiddenCharacter(value);
    if (odd)
      problems.push({
        rule: UNPRINTABLE_TEXT,
        property,
        message: `the annotation ${key} contains ${odd.codePoint}.`,
        fix,
      });
    total += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  if (total > LARGEST_ANNOTATIONS) {
    const message = `the annotations have ${total} bytes in total, and ${LARGEST_ANNOTATIONS} is the limit.`;
    problems.push({
      rule: LARGE_ANNOTATIONS,
      property: 'metadata.annotations',
      message,
      fix: 'Move large values into a ConfigMap.',
    });
  }
  return problems;
}

const SYSTEM_NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease'];

function namespaceProblems(namespace: string | undefined): Problem[] {
  if (namespace === undefined) return [];
  const property = 'metadata.namespace';
  const problem = dnsLabelProblem(namespace);
  if (problem !== undefined) {
    const message = `the namespace ${show(namespace)} ${problem}.`;
    return [{ rule: BAD_NAME, property, value: show(namespace), message, fix: 'Rename the namespace of the chart.' }];
  }
  if (!SYSTEM_NAMESPACES.includes(namespace)) return [];
  const message = `the namespace is ${namespace}.`;
  return [
    { rule: SYSTEM_NAMESPACE, property, value: namespace, message, fix: 'Give the chart a namespace of its own.' },
  ];
}

function duplicateProblems(object: ApiObject): Problem[] {
  const same = objects.get(object.node.root)?.get(identityOf(object)) ?? [];
  const first = same.find(isInTree);
  if (first === undefined || first === object) return [];
  const message = `${object.kind} ${object.name} is made twice in one namespace, first by ${first.node.scope!.node.path}.`;
  return [
    {
      rule: DUPLICATE_OBJECT,
      property: 'metadata.name',
      value: object.name,
      message,
      fix: 'Give one of them another id or name.',
    },
  ];
}

function isInTree(object: ApiObject): boolean {
  return object.node.scope!.node.tryFindChild(object.node.id) === object;
}

function identityOf({ apiGroup, kind, name, metadata }: ApiObject): string {
  return JSON.stringify([apiGroup, kind, metadata.namespace ?? '', name]);
}
