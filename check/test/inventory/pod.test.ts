import type { PodFacts } from '../../src/inventory/pod';
import { demandsOf } from '../../src/inventory/pod';
import { inventoryOf } from './inventory-of';

const podOf = (spec: object): PodFacts =>
  inventoryOf(
    JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [], ...spec } }),
  ).pods[0];
const using = (gpus: number | string | undefined, more: object = {}): object => ({
  name: 'main',
  image: 'a',
  ...more,
  ...(gpus === undefined ? {} : { resources: { limits: { 'nvidia.com/gpu': gpus } } }),
});
const SIDECAR = { restartPolicy: 'Always' };

describe('accelerators of a pod', () => {
  test.each<[string, object, number]>([
    ['none', { containers: [using(undefined)] }, 0],
    ['those of its containers together', { containers: [using(2), using(3), using(undefined)] }, 5],
    ['those of a sidecar with them', { containers: [using(2)], initContainers: [using(1, SIDECAR)] }, 3],
    ['those of an init container that asks for more', { containers: [using(2)], initContainers: [using(4)] }, 4],
    ['not those of one that asks for as many', { containers: [using(2)], initContainers: [using(2), using(1)] }, 2],
    ['those of one init container after the other', { initContainers: [using(1), using(3), using(2)] }, 3],
    ['at least one where the count cannot be read', { containers: [using('some'), using(2)] }, 3],
    [
      'claims, where nothing else asks',
      { containers: [using(undefined)], resourceClaims: [{ name: 'a' }, { name: 'b' }] },
      2,
    ],
    ['not claims beside others', { containers: [using(3)], resourceClaims: [{ name: 'a' }] }, 3],
  ])('are %s', (_, spec, count) => {
    expect(podOf(spec).deviceCount).toBe(count);
  });

  test('stand where the greatest count does', () => {
    const places = (spec: object): string[] =>
      podOf(spec).devices.map(({ field }) => field.place.replace(/\.resources.*/, ''));
    expect(places({ containers: [using(2)], initContainers: [using(4)] })).toEqual(['spec.initContainers[0]']);
    expect(places({ containers: [using(2)], initContainers: [using(2)] })).toEqual(['spec.containers[0]']);
    expect(places({ containers: [using(2)], initContainers: [using(1, SIDECAR)] })).toEqual([
      'spec.containers[0]',
      'spec.initContainers[0]',
    ]);
  });
});

test('containers are of the parts in which they run', () => {
  const pod = podOf({
    containers: [using(1, { name: 'm' })],
    initContainers: [
      using(1, { name: 'i' }),
      using(1, { name: 's', ...SIDECAR }),
      using(1, { name: 'n', restartPolicy: 'Never' }),
    ],
  });
  expect(pod.everyContainer.map(({ name, part }) => [name, part])).toEqual([
    ['i', 'init'],
    ['s', 'sidecar'],
    ['n', 'init'],
    ['m', 'main'],
  ]);
});

test('a pod of nothing has nothing, and is all there', () => {
  const { volumes, partial, devices, deviceClaims, tolerations } = podOf({});
  expect({ volumes, partial, devices, deviceClaims, tolerations }).toEqual({
    volumes: [],
    partial: false,
    devices: [],
    deviceClaims: [],
    tolerations: [],
  });
});

describe('demands on nodes', () => {
  const withTerms = (...nodeSelectorTerms: object[]): object => ({
    nodeSelector: { pool: 'a', odd: 7 },
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
  });
  const term = (key: string): object => ({ matchExpressions: [{ key, operator: 'In', values: ['b', 7] }] });
  const demands = (spec: object) => podOf(spec).nodeDemands.map(({ key, operator, values }) => [key, operator, values]);
  const SELECTED = [
    ['pool', 'In', ['a']],
    ['odd', 'In', []],
  ];

  test('are those of the selector, and of a term that is alone', () => {
    expect(demands(withTerms())).toStrictEqual(SELECTED);
    expect(demands(withTerms(term('zone')))).toEqual([...SELECTED, ['zone', 'In', ['b']]]);
    expect(demands(withTerms(term('zone'), term('team')))).toEqual(SELECTED);
    expect(podOf(withTerms(term('zone'), term('team'))).nodeTerms).toHaveLength(2);
    expect(podOf({}).nodeDemands).toEqual([]);
  });

  test('are not what is only preferred', () => {
    const preferred = { weight: 1, preference: term('zone') };
    const affinity = { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [preferred] } };
    expect(demands({ affinity })).toEqual([]);
  });

  test('of a term say what they lack as nothing', () => {
    const [bare] = podOf(withTerms({ matchExpressions: [{}] })).nodeTerms;
    expect(demandsOf(bare)).toMatchObject([{ key: '', operator: '', values: [] }]);
  });
});

test.each<[object, boolean]>([
  [{ key: 'gpu', operator: 'Exists' }, true],
  [{ key: 'gpu', value: 'x', effect: 'NoSchedule' }, true],
  [{ key: 'gpu', effect: '' }, true],
  [{ key: 'gpu', effect: 'NoExecute' }, false],
  [{ key: 'cpu', operator: 'Exists' }, false],
  [{ operator: 'Exists' }, true],
  [{ key: '', operator: 'Exists' }, true],
  [{ operator: 'Equal' }, false],
  [{}, false],
])('%j tolerates the taint gpu: %j', (toleration, expected) => {
  const other = { key: 'other', operator: 'Exists' };
  expect(podOf({ tolerations: [other, toleration] }).tolerates('gpu')).toBe(expected);
});

describe('a pod whose parts stand in several places', () => {
  const workflow = (template: object, spec: object): PodFacts =>
    inventoryOf(
      JSON.stringify({
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Workflow',
        metadata: { name: 'a' },
        spec: { templates: [{ name: 't', container: { image: 'a' }, ...template }], ...spec },
      }),
    ).pods[0];

  test('has a field from the first that has it, and the volumes of all', () => {
    const selector = { nodeSelector: { pool: 'a' } };
    expect(workflow(selector, { nodeSelector: { pool: 'b' } }).nodeSelector).toEqual({ pool: 'a' });
    expect(workflow({}, { nodeSelector: { pool: 'b' } }).nodeSelector).toEqual({ pool: 'b' });
    expect(workflow({}, {}).at('nodeSelector').place).toBe('spec.templates[0].nodeSelector');
    expect(workflow({}, {}).field.place).toBe('spec.templates[0]');
    const volumes = [{ name: 'v', emptyDir: {} }];
    const pod = workflow(
      { volumes },
      { volumes: [{ name: 'w', nfs: {} }], volumeClaimTemplates: [{ metadata: { name: 'c' } }] },
    );
    expect(pod.volumes.map(({ name }) => name)).toEqual(['v', 'w', 'c']);
  });

  test('has the metadata of its template', () => {
    const metadata = { labels: { a: 'b' }, annotations: { c: 'd' } };
    const pod = workflow({ metadata }, {});
    expect([pod.labels, pod.annotations, pod.metadata.place]).toEqual([
      { a: 'b' },
      { c: 'd' },
      'spec.templates[0].metadata',
    ]);
  });

  const trainJob = (trainer: object): PodFacts =>
    inventoryOf(
      JSON.stringify({
        apiVersion: 'trainer.kubeflow.org/v1alpha1',
        kind: 'TrainJob',
        metadata: { name: 'x' },
        spec: { runtimeRef: { name: 'torch' }, trainer },
      }),
      JSON.stringify({
        apiVersion: 'trainer.kubeflow.org/v1alpha1',
        kind: 'ClusterTrainingRuntime',
        metadata: { name: 'torch' },
        spec: {
          template: {
            spec: {
              replicatedJobs: [
                {
                  name: 'node',
                  template: {
                    spec: {
                      template: { spec: { containers: [using(8, { name: 'node' }), using(1, { name: 'beside' })] } },
                    },
                  },
                },
              ],
            },
          },
        },
      }),
    ).pods[0];

  test('asks for what the object says instead of its runtime', () => {
    const given = trainJob({ resourcesPerNode: { limits: { 'nvidia.com/gpu': 2 } } });
    expect(given.sized).toBe(given.containers);
    expect(given.containers.map(({ name }) => name)).toEqual(['node', 'beside']);
    expect(given.deviceCount).toBe(3);
    expect(given.partial).toBe(false);
    expect(trainJob({}).deviceCount).toBe(9);
  });
});
