import type { ApiObject } from 'cdk8s';
import type { Problem, Rule } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { dnsLabelProblem, dnsSubdomainProblem, labelKeyProblem, labelValueProblem } from '../core/names';
import { BAD_NAME, UNPRINTABLE_TEXT } from '../core/rules';
import { forbiddenCharacter } from '../core/text';
import { AMBIGUOUS_TEXT, LABEL, LARGE_ANNOTATIONS, SYSTEM_NAMESPACE } from '../kinds/diagnostics';
import { reservedLabelOwner } from '../kinds/labels';
import { misreading, misreadKey } from './yaml-text';

/** What is wrong with the head of an object, whoever wrote it: the construct, the chart, or a later `addLabel`. */
export function metadataProblems(object: ApiObject): Problem[] {
  const { labels, annotations } = object.metadata.toJson() as Record<string, Record<string, unknown> | undefined>;
  return [
    ...nameProblems(object),
    ...namespaceProblems(object.metadata.namespace),
    ...Object.entries(labels ?? {}).flatMap(([key, value]) => labelProblems(key, value, 'metadata.labels')),
    ...annotationProblems(annotations ?? {}),
  ];
}

/** Labels of the user that we or a controller set. */
export function reservedLabelProblems(labels: { readonly [label: string]: string } | undefined): Problem[] {
  return Object.entries(labels ?? {}).flatMap(([label, value]) => {
    const owner = reservedLabelOwner(label);
    if (owner === undefined) return [];
    const message = `the label ${label} is ${show(value)}, and it belongs to ${owner}.`;
    return [found(LABEL, `labels.${label}`, value, message, 'Take a key of your own, such as team.')];
  });
}

/** Kinds of this group are named more freely, such as `system:node`. */
const FREELY_NAMED = 'rbac.authorization.k8s.io';

function nameProblems({ name, apiGroup }: ApiObject): Problem[] {
  const property = 'metadata.name';
  const problem = apiGroup === FREELY_NAMED ? undefined : dnsSubdomainProblem(String(name));
  if (problem === undefined) return textProblems(name, property, 'name', 'Give another name.');
  return [found(BAD_NAME, property, name, `the name ${show(name)} ${problem}.`, 'Give another name.')];
}

const SYSTEM_NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease'];

function namespaceProblems(namespace: unknown): Problem[] {
  if (namespace === undefined) return [];
  const property = 'metadata.namespace';
  const problem = typeof namespace === 'string' ? dnsLabelProblem(namespace) : 'is not text';
  const fix = 'Rename the namespace of the chart.';
  if (problem !== undefined)
    return [found(BAD_NAME, property, namespace, `the namespace ${show(namespace)} ${problem}.`, fix)];
  if (!SYSTEM_NAMESPACES.includes(namespace as string)) return textProblems(namespace, property, 'namespace', fix);
  const message = `the namespace is ${namespace as string}.`;
  return [found(SYSTEM_NAMESPACE, property, namespace, message, 'Give the chart a namespace of its own.')];
}

/** What is wrong with one label. */
function labelProblems(key: string, value: unknown, under: string): Problem[] {
  const property = `${under}.${key}`;
  const keyProblem = labelKeyProblem(key);
  const valueProblem = typeof value === 'string' ? labelValueProblem(value) : 'must be text';
  const fix = 'Change the label; what does not fit belongs into an annotation.';
  const problems: Problem[] = [];
  if (keyProblem !== undefined)
    problems.push(found(LABEL, property, key, `the label key ${show(key)} ${keyProblem}.`, fix));
  if (valueProblem !== undefined)
    problems.push(
      found(LABEL, property, value, `the value ${show(value)} of label ${show(key)} ${valueProblem}.`, fix),
    );
  return problems.length > 0
    ? problems
    : [...keyTextProblems(key, property), ...textProblems(value, property, 'label', fix)];
}

const LARGEST_ANNOTATIONS = 262144;

function annotationProblems(annotations: Record<string, unknown>): Problem[] {
  return [
    ...Object.entries(annotations).flatMap(([key, value]) => oneAnnotationProblems(key, value)),
    ...annotationSizeProblems(annotations, 'metadata.annotations'),
  ];
}

/** Annotations of an object or of its pods that are too large together. */
export function annotationSizeProblems(annotations: Readonly<Record<string, unknown>>, property: string): Problem[] {
  const total = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(String(value)),
    0,
  );
  if (total <= LARGEST_ANNOTATIONS) return [];
  const message = `${property} has ${total} bytes in total, and ${LARGEST_ANNOTATIONS} is the limit.`;
  return [found(LARGE_ANNOTATIONS, property, total, message, 'Move large values into a ConfigMap.')];
}

function oneAnnotationProblems(key: string, value: unknown): Problem[] {
  const property = `metadata.annotations.${key}`;
  const keyProblem = labelKeyProblem(key);
  const fix = 'Change the annotation.';
  if (keyProblem !== undefined)
    return [found(LABEL, property, key, `the annotation key ${show(key)} ${keyProblem}.`, fix)];
  if (typeof value !== 'string')
    return [found(LABEL, property, value, `the annotation ${key} is ${show(value)}, not text.`, fix)];
  return [...keyTextProblems(key, property), ...textProblems(value, property, 'annotation', fix)];
}

/** Text that does not survive YAML. */
function textProblems(value: unknown, property: string, what: string, fix: string): Problem[] {
  const text = String(value);
  const odd = forbiddenCharacter(text);
  if (odd) return [found(UNPRINTABLE_TEXT, property, text, `the ${what} contains ${odd.codePoint}.`, fix)];
  const misread = misreading(text);
  if (misread === undefined) return [];
  return [found(AMBIGUOUS_TEXT, property, text, `the ${what} is ${show(text)}, which ${misread}.`, fix)];
}

function keyTextProblems(key: string, property: string): Problem[] {
  const misread = misreadKey(key);
  if (misread === undefined) return [];
  return [found(AMBIGUOUS_TEXT, property, key, `the key ${show(key)} ${misread}.`, 'Rename the key.')];
}

function found(rule: Rule, property: string, value: unknown, message: string, fix: string): Problem {
  return { rule, property, value: show(value), message, fix };
}
