import { Inventory } from '../../src/inventory/inventory';
import { sourceOf } from '../../src/inventory/source';
import { placeholderIn, templateMark } from '../../src/inventory/template-marks';

/** Why an object is left alone: trouble, place and message. */
function why(content: object, file = 'f.yaml'): readonly [string, string, string, boolean] | undefined {
  const { unchecked, resources } = new Inventory(sourceOf(file, JSON.stringify(content)).documents);
  expect(unchecked.size + resources.length).toBe(1);
  const [found] = unchecked.values();
  return found && [found.trouble, found.field.place, found.message, found.harmless ?? false];
}
const HEAD = { apiVersion: 'v1', kind: 'A' };
const PART = 'is a part that kustomize lays over another object: check what kustomize build writes';

describe('an object', () => {
  test('that is whole is looked into', () => {
    expect(why({ ...HEAD, metadata: { name: 'a' } })).toBeUndefined();
    expect(why(HEAD)).toBeUndefined();
  });

  test.each<[object, string, string]>([
    [{ kind: 'A' }, 'apiVersion', 'has no apiVersion'],
    [{ apiVersion: 'v1' }, 'kind', 'has no kind'],
    [{ apiVersion: 'v1', kind: 7 }, 'kind', 'has a kind that is no text'],
    [{ apiVersion: 'v1', kind: '' }, 'kind', 'has a kind that is no text'],
    [{ apiVersion: 1, kind: 'A' }, 'apiVersion', 'has a apiVersion that is no text'],
  ])('%j is none, at %s: %s', (content, place, message) => {
    expect(why(content)).toEqual(['not-an-object', place, message, false]);
  });

  test.each<[string, object, string]>([
    ['a chart', { apiVersion: 'v2', name: 'a' }, 'belongs to a Helm chart, and is no manifest'],
    ['an index of charts', { apiVersion: 'v1', entries: {} }, 'belongs to a Helm chart, and is no manifest'],
    ['values', { replicas: 1 }, 'has neither apiVersion nor kind, and is no manifest'],
    [
      'a kustomization',
      { kind: 'Kustomization' },
      'says how kustomize puts manifests together: check what kustomize build writes',
    ],
    ['a patch with a directive', { ...HEAD, $patch: 'delete' }, PART],
    ['the rest of a controller', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: 1 } }, PART],
  ])('is not %s, which is no trouble', (_, content, message) => {
    expect(why(content)).toEqual(['not-an-object', '', message, true]);
  });

  test.each<[object]>([
    [{ apiVersion: 'v2', name: 'a', kind: 'A' }],
    [{ apiVersion: 'v2', name: 'a', metadata: {}, kind: 'A' }],
    [{ apiVersion: 'v1', kind: 'A', entries: {} }],
  ])('%j is one, and no chart', (content) => {
    expect(why(content)).toBeUndefined();
  });

  test.each<[object]>([
    [{ apiVersion: 'v2', name: 'a', metadata: {} }],
    [{ apiVersion: 'v3', name: 'a' }],
    [{ apiVersion: 'v1beta1', name: 'a' }],
    [{ apiVersion: 'apps/v1', name: 'a' }],
    [{ apiVersion: 'v2' }],
  ])('%j lacks a kind, and is no chart', (content) => {
    expect(why(content)?.[2]).toBe('has no kind');
  });

  test('in a file that kustomize lays over others is a part, however the file is written', () => {
    const kustomization = sourceOf('base/kustomization.yaml', 'patches: [{ path: p.yaml }]');
    const patch = sourceOf('./base/p.yaml', JSON.stringify(HEAD));
    const { unchecked, resources } = new Inventory([...kustomization.documents, ...patch.documents]);
    expect([...unchecked.values()].map(({ message }) => message)).toEqual([expect.stringMatching(/^says how/), PART]);
    expect(resources).toEqual([]);
  });
});

describe('a template that was not expanded', () => {
  test.each<[object, string, string]>([
    [{ ...HEAD, apiVersion: '${VERSION}' }, 'apiVersion', '${VERSION}'],
    [{ ...HEAD, kind: '<Kind>' }, 'kind', '<Kind>'],
    [{ ...HEAD, metadata: { name: 'a-${ENV:-dev}' } }, 'metadata.name', '${ENV:-dev}'],
    [{ ...HEAD, metadata: { name: 'a', namespace: '$NAMESPACE' } }, 'metadata.namespace', '$NAMESPACE'],
    [{ ...HEAD, spec: { a: ['b', { c: 'd-{{ .Values.e }}' }] } }, 'spec.a[1].c', '{{ .Values.e }}'],
    [{ ...HEAD, a: { b: 'c' }, spec: '{{- .Release.Name }}' }, 'spec', '{{- .Release.Name }}'],
  ])('is %j, at %s', (content, place, mark) => {
    const message = `is a template that was not expanded: ${place} has ${mark}`;
    expect(why(content)).toEqual(['unexpanded-template', place, message, false]);
  });

  test.each<[string, object]>([
    ['what Argo and Prometheus fill in', { a: '{{inputs.parameters.x}}', b: '{{ $labels.pod }}', c: [null, 1, true] }],
    ['what a shell fills in', { command: ['sh', '-c', 'echo ${HOME} $PATH <name>'] }],
    ['text about Helm', { a: '{{ .ValuesOf }}' }],
  ])('is not %s', (_, spec) => {
    expect(why({ ...HEAD, spec })).toBeUndefined();
  });

  test('may lie in a ConfigMap, which holds charts as data', () => {
    const data = { chart: '{{ .Values.a }}' };
    expect(why({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data })).toBeUndefined();
    expect(why({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data })?.[1]).toBe('data.chart');
  });
});

test.each<[string, string | undefined, number?]>([
  ['a: {{ .Values.a }}', '{{ .Values', 0],
  ['a: 1\n\nb: {{- include "x" . }}', '{{- include', 2],
  ['{{- /* note */}}', '{{- /*', 0],
  ['a: 1\nb: {{ .Values.a }}\nc: 2\nd: 3\n', '{{ .Values', 1],
  ['a: 1\n  {% for x in y %}', '{% for', 1],
  ['a: 1\n\n  \n{% for x in y %}', '{% for', 3],
  ['{%- if x %}', '{%- if', 0],
  ['a: {{inputs.parameters.x}}', undefined],
  ['a: {{ $labels.x }}', undefined],
  ['a: "50{%"', undefined],
  ['a: {{ includes }}', undefined],
  ['a: 1', undefined],
])('the mark of a template in %j is %j', (text, mark, line = 0) => {
  const expected = mark && { line, message: `is a template that was not expanded: it has ${mark}` };
  expect(templateMark(text)).toEqual(expected);
});

test.each<[string, string | undefined]>([
  ['a-${NAME}', '${NAME}'],
  ['${name.x:=y}', '${name.x:=y}'],
  ['$NAME', '$NAME'],
  ['a$NAME', undefined],
  ['$name', undefined],
  ['${}', undefined],
  ['<your name>', '<your name>'],
  ['a<NAME>', '<NAME>'],
  ['a<name>', undefined],
  ['{{ x }}', '{{ x }}'],
  ['a{{ x }}', undefined],
  ['plain', undefined],
])('the placeholder in %s is %j', (text, expected) => {
  expect(placeholderIn(text)).toBe(expected);
});
