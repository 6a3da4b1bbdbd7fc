import { isWorkflow, specOfWorkflow, stepTemplates, textsBelow } from '../../src/inventory/workflow-steps';
import { inventoryOf } from './inventory-of';

const resourceOf = (content: object) =>
  inventoryOf(JSON.stringify({ metadata: { name: 'a' }, ...content })).resources[0];
const workflow = (...templates: object[]) =>
  resourceOf({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', spec: { templates } });

test.each<[string, string, string | undefined]>([
  ['argoproj.io/v1alpha1', 'Workflow', 'spec'],
  ['argoproj.io/v1alpha1', 'ClusterWorkflowTemplate', 'spec'],
  ['argoproj.io/v1alpha1', 'CronWorkflow', 'spec.workflowSpec'],
  ['argoproj.io/v1alpha1', 'Rollout', undefined],
  ['example.com/v1', 'Workflow', undefined],
])('the workflow of %s %s stands at %j', (apiVersion, kind, place) => {
  const resource = resourceOf({ apiVersion, kind, spec: {} });
  expect(isWorkflow(resource)).toBe(place !== undefined);
  expect(specOfWorkflow(resource)?.place).toBe(place);
  expect(stepTemplates(resource)).toEqual([]);
});

describe('the steps of a template', () => {
  const waiting = (...tasks: object[]) =>
    stepTemplates(workflow({ name: 'main', dag: { tasks } }))[0].steps.map(({ waitsFor, waiting: { place } }) => [
      waitsFor,
      place.replace('spec.templates[0].dag.', ''),
    ]);

  test('are the tasks of a graph, and what each waits for', () => {
    expect(
      waiting(
        { name: 'a' },
        { name: 'b', dependencies: ['a', 7] },
        { name: 'c', depends: '(a.Succeeded || b) && !d.Failed' },
        { name: 'd', depends: 'a', dependencies: ['b'] },
        { name: 'e', depends: '{{inputs.parameters.x}}' },
        { name: 'f', depends: 7, dependencies: ['b'] },
      ),
    ).toEqual([
      [[], 'tasks[0].dependencies'],
      [['a'], 'tasks[1].dependencies'],
      [['a', 'b', 'd'], 'tasks[2].depends'],
      [['a'], 'tasks[3].depends'],
      [[], 'tasks[4].depends'],
      [['b'], 'tasks[5].depends'],
    ]);
  });

  test('have names, where somebody gave them', () => {
    const [{ steps }] = stepTemplates(workflow({ dag: { tasks: [{ name: 'a' }, {}] } }));
    expect(steps.map(({ name }) => name)).toEqual(['a', '']);
  });

  test('are those of groups, in their order', () => {
    const [template] = stepTemplates(
      workflow({ name: 'main', steps: [[{ name: 'a' }, { name: 'b' }], { name: 'c' }, [{}]] }),
    );
    expect(template.isGraph).toBe(false);
    expect(template.groups.map((group) => group.map(({ name }) => name))).toEqual([['a', 'b'], ['c'], ['']]);
    expect(template.steps.map(({ name, waitsFor }) => [name, waitsFor])).toEqual([
      ['a', []],
      ['b', []],
      ['c', []],
      ['', []],
    ]);
    expect(template.steps[1].field.place).toBe('spec.templates[0].steps[0][1]');
    expect(template.steps[2].waiting.place).toBe('spec.templates[0].steps[1].dependencies');
  });

  test('are none of what runs a container', () => {
    const found = stepTemplates(workflow({ name: 'a', container: {} }, { dag: {} }));
    expect(found.map(({ name, steps, isGraph, groups }) => ({ name, steps, isGraph, groups }))).toEqual([
      { name: 'a', steps: [], isGraph: false, groups: [] },
      { name: '', steps: [], isGraph: true, groups: [] },
    ]);
  });
});

test('texts below a place are all those in maps and lists, but below some keys', () => {
  const { top } = resourceOf({
    apiVersion: 'v1',
    kind: 'A',
    spec: { a: ['b', { c: 'd', skip: 'e' }], skip: { f: 'g' }, n: 1, none: null },
  });
  const places = (without?: ReadonlySet<string>): string[] =>
    textsBelow(top.at('spec'), without).map(({ place }) => place);
  expect(places()).toEqual(['spec.a[0]', 'spec.a[1].c', 'spec.a[1].skip', 'spec.skip.f']);
  expect(places(new Set(['skip']))).toEqual(['spec.a[0]', 'spec.a[1].c']);
  expect(textsBelow(top.at('spec', 'a', 0)).map(({ text }) => text)).toEqual(['b']);
  expect(textsBelow(top.at('none'))).toEqual([]);
});
