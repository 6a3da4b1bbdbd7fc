import { isFilledInLater } from '../../src/inventory/embedded';
import { inventoryOf } from './inventory-of';

const MANIFEST = `
apiVersion: batch/v1
kind: Job
metadata:
  generateName: "{{inputs.parameters.name}}-"
  labels: { of: "a{{x}}b{{y}}", plain: filled }
spec: { template: { spec: { containers: [{ name: main, image: a }] } } }
`;
const workflow = (step: string, kind = 'Workflow', apiVersion = 'argoproj.io/v1alpha1'): string => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: flow }
spec:
  ${kind === 'CronWorkflow' ? 'workflowSpec:' : 'arguments: {}'}
${kind === 'CronWorkflow' ? '    templates:' : '  templates:'}
    - name: step
${step}
`;
const creating = (action: string, manifest = MANIFEST): string =>
  `      resource:\n        action: ${action}\n        manifest: |${manifest.replaceAll('\n', '\n          ')}`;
const titles = (text: string): string[] => inventoryOf(text).resources.map(({ title }) => title);

test.each(['Workflow', 'WorkflowTemplate', 'ClusterWorkflowTemplate', 'CronWorkflow'])(
  'the steps of a %s create objects of their own',
  (kind) => {
    expect(titles(workflow(creating('create'), kind))).toEqual([`${kind} flow`, 'Job filled-in-later-*']);
  },
);

test('a step may create several objects, each with the lines of the file', () => {
  const { resources } = inventoryOf(
    workflow(creating('create', `${MANIFEST}---${MANIFEST.replace('Job', 'CronJob')}`)),
  );
  expect(resources.map(({ kind }) => kind)).toEqual(['Workflow', 'Job', 'CronJob']);
  expect(resources.slice(1).map((each) => each.at('kind').line)).toEqual([13, 20]);
  expect(resources[2].embedding).toMatchObject({
    owner: resources[0],
    field: { place: 'spec.templates[0].resource.manifest' },
  });
});

test.each([
  ['apply', true],
  ['replace', true],
  ['patch', false],
  ['delete', false],
  ['get', false],
])('what a step has to %s is a whole object: %s', (action, whole) => {
  expect(titles(workflow(creating(action)))).toHaveLength(whole ? 2 : 1);
});

test.each([
  ['an expression', workflow(creating('create', "\n'{{inputs.parameters.manifest}}'"))],
  ['no text', workflow('      resource: { action: create, manifest: { kind: Job } }')],
  ['no action', workflow(creating('create').replace(/ +action.*\n/, ''))],
  ['a step that runs something', workflow('      container: { image: a }')],
  ['a kind of somebody else', workflow(creating('create'), 'Workflow', 'example.com/v1')],
  ['a kind that is no workflow', workflow(creating('create'), 'EventSource')],
])('%s creates nothing that is known', (_, text) => {
  expect(titles(text)).toHaveLength(1);
});

test('what a step creates has the lines of the text that holds it', () => {
  const [, job] = inventoryOf(workflow(creating('create'))).resources;
  expect([job.at('kind').line, job.at('metadata', 'generateName').line, job.at('spec', 'template').line]).toEqual([
    13, 15, 17,
  ]);
  expect(job.file).toBe('f.yaml');
});

test('what a workflow fills in is known later, and nothing else', () => {
  const [flow, job] = inventoryOf(workflow(creating('create'))).resources;
  expect(isFilledInLater(job.at('metadata', 'generateName'))).toBe(true);
  expect(job.labels.of).toBe('afilled-in-laterbfilled-in-later');
  expect(isFilledInLater(job.at('metadata', 'labels', 'of'))).toBe(true);
  expect(isFilledInLater(job.at('metadata', 'labels', 'plain'))).toBe(false);
  expect(isFilledInLater(job.at('spec'))).toBe(false);
  expect(isFilledInLater(flow.at('metadata', 'name'))).toBe(false);
  const [plain] = inventoryOf('{ apiVersion: v1, kind: ConfigMap, metadata: { name: filled-in-later } }').resources;
  expect(isFilledInLater(plain.at('metadata', 'name'))).toBe(false);
});

test('what a step creates may be JSON', () => {
  const json = '\n{"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "x"}}';
  expect(titles(workflow(creating('create', json)))).toEqual(['Workflow flow', 'Job x']);
});

const component = 'apiVersion: batch/v1, kind: Job, metadata: { name: x, labels: { a: b } }, spec: { backoffLimit: 3 }';
const wrapper = (spec: string, labels = ''): string =>
  `apiVersion: workload.codeflare.dev/v1beta2\nkind: AppWrapper\nmetadata: { name: w, namespace: ml${labels} }\nspec:\n  ${spec}\n`;

test.each([
  ['newer', `components: [{ template: { ${component} } }, { podSets: [] }]`],
  ['older', `resources: { GenericItems: [{ generictemplate: { ${component} } }] }`],
])('an AppWrapper of the %s form makes what it wraps, in its namespace', (_, spec) => {
  const [, job, ...more] = inventoryOf(wrapper(spec)).resources;
  expect([job.title, job.labels, job.at('spec', 'backoffLimit').line]).toEqual(['Job ml/x', { a: 'b' }, 5]);
  expect(more).toEqual([]);
});

test('the queue of an AppWrapper is that of what it wraps', () => {
  const spec = `components: [{ template: { ${component} } }]`;
  const { workloads } = inventoryOf(wrapper(spec, ', labels: { kueue.x-k8s.io/queue-name: research }'));
  expect(workloads.map(({ queueName }) => queueName)).toEqual(['research']);
});
