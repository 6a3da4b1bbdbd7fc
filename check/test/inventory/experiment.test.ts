import { isFilledInLater } from '../../src/inventory/embedded';
import { unknownKinds } from '../../src/inventory/known-kinds';
import { inventoryOf } from './inventory-of';

const CONTAINER = '{ name: main, image: a, resources: { limits: { nvidia.com/gpu: 2 } } }';

/** An Experiment, the trials of which make an object that starts on line 9. */
const experiment = (trial: string, head = 'name: tune, namespace: ml'): string => `
apiVersion: kubeflow.org/v1beta1
kind: Experiment
metadata: { ${head} }
spec:
  parallelTrialCount: 4
  trialTemplate:
    trialSpec:
${trial.replace(/^/gm, '      ')}
`;
const JOB = `apiVersion: batch/v1
kind: Job
metadata: { labels: { kueue.x-k8s.io/queue-name: research } }
spec:
  backoffLimit: 3
  template:
    spec:
      containers: [${CONTAINER}]`;
const KATIB = 'Experiment ml/tune';
const FROM_CONFIG_MAP = 'configMap: { configMapName: trials, configMapNamespace: kubeflow, templatePath: job.yaml }\n';
const trials = (namespace = 'kubeflow'): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: trials, namespace: ${namespace} }
data:
  other: a
  job.yaml: |-
    ${JOB.replace('image: a', 'image: "a:${trialParameters.tag}"').replaceAll('\n', '\n    ')}
`;

describe('the trials of an Experiment', () => {
  test('are runs of their own, beside it, under names that Katib makes', () => {
    const { resources, runs, workloads } = inventoryOf(experiment(JOB));
    expect(resources.map(({ title }) => title)).toEqual([KATIB, 'Job ml/tune-*']);
    expect(workloads).toEqual(runs);
    const [{ bounds, deviceCount, queueName, roles }] = runs;
    expect([bounds.retries?.value, deviceCount, queueName, roles[0].count]).toEqual([3, 2, 'research', 1]);
  });

  test('have the lines of the file', () => {
    const { runs } = inventoryOf('kind: List\nitems:', experiment(JOB));
    const [{ bounds, pods, resource }] = runs;
    const top = runs[0].resource.embedding!.field.line;
    expect(resource.embedding?.field.place).toBe('spec.trialTemplate.trialSpec');
    expect(bounds.retries?.field.line).toBe(top + 5);
    expect(bounds.deadline?.field.line).toBe(top + 4);
    expect(pods[0].containers[0].field.line).toBe(top + 8);
    expect(pods[0].containers[0].field.place).toBe('spec.template.spec.containers[0]');
    expect(resource.at('metadata', 'generateName').line).toBe(top + 3);
  });

  test('have their lines in a list, too', () => {
    const list = `kind: List\napiVersion: v1\nitems:\n- ${experiment(JOB).trim().replaceAll('\n', '\n  ')}\n`;
    const [{ bounds }] = inventoryOf(list).runs;
    expect(bounds.retries?.field.line).toBe(15);
  });

  test('are of every kind that carries pods', () => {
    const spec = `apiVersion: kubeflow.org/v1
kind: PyTorchJob
spec:
  nprocPerNode: "2"
  pytorchReplicaSpecs:
    Master: { replicas: 1, template: { spec: { containers: [${CONTAINER}] } } }
    Worker: { replicas: 2, template: { spec: { containers: [${CONTAINER}] } } }`;
    const [run] = inventoryOf(experiment(spec)).runs;
    expect([run.isGang, run.podCount, run.deviceCount]).toEqual([true, 3, 6]);
  });

  test('have no name or namespace of their own, and those of an Experiment without one are left open', () => {
    const named = JOB.replace('metadata: {', 'metadata: { name: mine, namespace: yours,');
    expect(inventoryOf(experiment(named)).runs[0].resource.title).toBe('Job ml/tune-*');
    const [{ resource }] = inventoryOf(experiment(JOB.replace(/metadata.*\n/, ''), 'name: tune')).runs;
    expect(resource.id).toEqual({ apiVersion: 'batch/v1', kind: 'Job', name: 'tune-*' });
    expect(inventoryOf(experiment(JOB.replace(/metadata.*\n/, 'metadata: odd\n'))).runs).toHaveLength(1);
  });

  test('have parameters that are known later, and no templates that nobody expanded', () => {
    const job = JOB.replace(
      'image: a',
      'image: "a:${trialParameters.tag}", args: ["--run=${trialSpec.Name}", "${HOME}"]',
    ).replace('backoffLimit: 3', 'backoffLimit: ${trialParameters.retries}');
    const { unchecked, runs } = inventoryOf(experiment(job));
    expect(unchecked.size).toBe(0);
    const [{ field, image, args }] = runs[0].pods[0].containers;
    expect([isFilledInLater(field.at('image')), isFilledInLater(field.at('name'))]).toEqual([true, false]);
    expect([image, ...args]).toEqual(['a:filled-in-later', '--run=filled-in-later', '${HOME}']);
    expect(isFilledInLater(runs[0].bounds.retries!.field)).toBe(true);
  });

  test('are read from a ConfigMap of the set, with its lines and the name of the Experiment', () => {
    const own = experiment(JOB).replace(/trialSpec:[^]*/, FROM_CONFIG_MAP);
    const { resources, runs } = inventoryOf(own, trials());
    expect(resources.map(({ title }) => title)).toEqual([KATIB, 'Job ml/tune-*', 'ConfigMap kubeflow/trials']);
    const [{ bounds, pods, resource }] = runs;
    expect(pods[0].containers[0].image).toBe('a:filled-in-later');
    expect(resource.embedding?.owner.title).toBe(KATIB);
    expect(resource.embedding?.field.place).toBe("data['job.yaml']");
    expect(bounds.retries!.field.line).toBe(resource.embedding!.field.line + 5);
    expect(inventoryOf(own, trials('elsewhere')).runs).toEqual([]);
    expect(inventoryOf(own.replace('job.yaml', 'none.yaml'), trials()).runs).toEqual([]);
  });

  test('of an Experiment that a workflow creates are read, too', () => {
    const manifest = experiment(JOB.replace('backoffLimit: 3', 'backoffLimit: 7')).trim();
    const { resources, runs } = inventoryOf(`apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { name: flow }
spec:
  templates:
  - name: tune
    resource:
      action: create
      manifest: |
        ${manifest.replaceAll('\n', '\n        ')}
`);
    expect(resources.map(({ kind }) => kind)).toEqual(['Workflow', 'Experiment', 'Job']);
    expect(runs[1].bounds.retries).toMatchObject({ value: 7, field: { line: 21 } });
  });

  test.each([
    ['what another kind holds', experiment(JOB).replace('kind: Experiment', 'kind: Other')],
    ['what a kind of another group holds', experiment(JOB).replace('kubeflow.org/v1beta1', 'example.com/v1')],
    ['a template that is elsewhere', experiment(JOB).replace(/trialSpec:[^]*/, FROM_CONFIG_MAP)],
    ['a template without a path', experiment(JOB).replace(/trialSpec:[^]*/, 'configMap: { configMapName: a }')],
    ['a text', experiment(JOB).replace(/trialSpec:[^]*/, 'trialSpec: a')],
  ])('are not %s', (_, text) => {
    const { resources, unchecked } = inventoryOf(text);
    expect([resources.length, unchecked.size]).toEqual([1, 0]);
  });

  test('without a head are said to be no objects, and not to be something else', () => {
    const { unchecked } = inventoryOf(experiment('spec: {}'));
    expect([...unchecked.values()].map(({ message, harmless }) => [message, harmless])).toEqual([
      ['has no apiVersion', undefined],
    ]);
  });

  test('without a kind are said to be no objects', () => {
    const { unchecked } = inventoryOf(experiment(JOB.replace('kind: Job\n', '')));
    expect([...unchecked.values()].map(({ trouble, message }) => [trouble, message])).toEqual([
      ['not-an-object', 'has no kind'],
    ]);
  });
});

test('an Experiment is of a kind that is known', () => {
  expect(unknownKinds(inventoryOf(experiment(JOB)))).toEqual([]);
  expect(unknownKinds(inventoryOf(experiment(JOB).replace('kind: Experiment', 'kind: Other')))).toEqual([
    { apiVersion: 'kubeflow.org/v1beta1', kind: 'Other', count: 1 },
  ]);
});
