import { Inventory, sameNamespace } from '../../src/inventory/inventory';
import { profileFacts } from '../../src/inventory/profile';
import { inventoryOf } from './inventory-of';

const object = (kind: string, name: string, namespace?: string, more = ''): string =>
  `{ apiVersion: apps/v1, kind: ${kind}, metadata: { name: ${name}${namespace ? `, namespace: ${namespace}` : ''} }${more} }`;

test.each([
  ['a', 'a', true],
  ['a', 'b', false],
  [undefined, 'b', true],
  ['a', undefined, true],
  [undefined, undefined, true],
])('the namespaces %s and %s can be one: %s', (a, b, expected) => {
  expect(sameNamespace(a, b)).toBe(expected);
});

test('an object is found by group, kind and name in the namespace that is asked for, or in one that is left open', () => {
  const inventory = inventoryOf(
    object('ControllerRevision', 'a'),
    object('ControllerRevision', 'a', 'web'),
    object('ControllerRevision', 'a', 'ml'),
    object('ControllerRevision', 'b', 'web'),
  );
  const find = (name: string, namespace?: string, group = 'apps') => {
    const found = inventory.find(group, 'ControllerRevision', name, namespace);
    return found && `${found.namespace}/${found.name}`;
  };
  expect(find('a', 'ml')).toBe('ml/a');
  expect(find('a', 'web')).toBe('web/a');
  expect(find('a', 'test')).toBe('undefined/a');
  expect(find('a')).toBe('undefined/a');
  expect(find('b')).toBe('web/b');
  expect(find('b', 'ml')).toBeUndefined();
  expect(find('c', 'web')).toBeUndefined();
  expect(find('a', 'x', '')).toBeUndefined();
  expect(inventory.named('apps', 'ControllerRevision', 'a')).toHaveLength(3);
  expect(inventory.named('apps', 'ControllerRevision', 'c')).toEqual([]);
  expect(inventory.of('apps', 'ControllerRevision')).toHaveLength(4);
  expect(inventory.of('apps', 'Deployment')).toEqual([]);
});

test('runs, servers and gangs are told apart', () => {
  const pods = 'template: { spec: { containers: [{ name: main, image: a }] } }';
  const inventory = inventoryOf(
    `{ apiVersion: batch/v1, kind: Job, metadata: { name: run }, spec: { ${pods} } }`,
    `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: server }, spec: { ${pods} } }`,
    `{ apiVersion: apps/v1, kind: DaemonSet, metadata: { name: agent }, spec: { ${pods} } }`,
    `{ apiVersion: kubeflow.org/v1, kind: Notebook, metadata: { name: work }, spec: { ${pods} } }`,
    `{ apiVersion: jobset.x-k8s.io/v1alpha2, kind: JobSet, metadata: { name: gang }, spec: { replicatedJobs: [{ name: w, replicas: 2, template: { spec: { ${pods} } } }] } }`,
    '{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings } }',
  );
  const names = (of: readonly { resource: { name: string } }[]): string[] => of.map(({ resource }) => resource.name);
  expect(names(inventory.workloads)).toEqual(['run', 'server', 'agent', 'work', 'gang']);
  expect(names(inventory.runs)).toEqual(['run', 'gang']);
  expect(names(inventory.servers)).toEqual(['server']);
  expect(names(inventory.gangs)).toEqual(['gang']);
  expect(inventory.pods).toHaveLength(5);
  expect(inventory.workloadOf(inventory.resources[5])).toBeUndefined();
  expect(inventory.resources.map((each) => Inventory.carriesPods(each))).toEqual([true, true, true, true, true, false]);
});

test('nothing is elsewhere and more may be there, unless it is said', () => {
  const { complete, isExternal, profile, pools } = inventoryOf(object('ControllerRevision', 'a'));
  expect([complete, isExternal({ kind: 'Secret', name: 'a' }), profile, pools]).toEqual([
    false,
    false,
    undefined,
    undefined,
  ]);
});

test('a value of the set, or of a member of it, is computed once', () => {
  const inventory = inventoryOf(object('ControllerRevision', 'a'), object('ControllerRevision', 'b'));
  const [a, b] = inventory.resources;
  let times = 0;
  const count = () => ++times;
  expect([inventory.once('x', count), inventory.once('x', count), inventory.once('y', count)]).toEqual([1, 1, 2]);
  expect([inventory.oncePer('x of each', a, count), inventory.oncePer('x of each', b, count)]).toEqual([3, 4]);
  expect([inventory.oncePer('x of each', a, count), inventory.oncePer('y of each', a, count)]).toEqual([3, 5]);
});

const profile = (name: string): string =>
  JSON.stringify({
    apiVersion: 'cdk8s-ml.dev/v1',
    kind: 'ClusterProfile',
    name,
    provider: 'aws',
    components: ['karpenter'],
    pools: {
      gpu: { gpu: 'l4', instanceType: 'g6.xlarge', provisioner: 'karpenter' },
      other: { gpu: 'h100-sxm', instanceType: 'p5.48xlarge', provisioner: 'karpenter' },
    },
  });
const published = (text: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'profile', labels: { 'cdk8s-ml.dev/document': 'cluster-profile' } },
    data: { 'profile.json': text },
  });

test('the profile is the one that is given, or the only one that the set publishes', () => {
  const nameOf = ({ profile: found }: Inventory) => found?.profile.name;
  expect(nameOf(inventoryOf(published(profile('lab'))))).toBe('lab');
  expect(nameOf(inventoryOf(published(profile('lab')), published(profile('lab'))))).toBe('lab');
  expect(nameOf(inventoryOf(published(profile('lab')), published(profile('prod'))))).toBeUndefined();
  expect(nameOf(inventoryOf(published('{}')))).toBeUndefined();
  const { documents } = inventoryOf(published(profile('lab')));
  expect(nameOf(new Inventory(documents, { profile: profileFacts(profile('given')) }))).toBe('given');
});

test('a pool that a profile and a NodePool describe is what the NodePool says, and the profile the rest', () => {
  const nodePool = (name: string, spec: string): string =>
    `{ apiVersion: karpenter.sh/v1, kind: NodePool, metadata: { name: ${name} }, spec: ${spec} }`;
  const own =
    '{ template: { metadata: { labels: { team: nlp } }, spec: { taints: [{ key: a, effect: NoSchedule }], requirements: [] } } }';
  const node =
    '{ apiVersion: v1, kind: Node, metadata: { name: box, labels: {} }, status: { allocatable: { nvidia.com/gpu: 2 } } }';
  const { documents } = inventoryOf(nodePool('gpu', own), nodePool('new', own), node);
  const { pools = [] } = new Inventory(documents, { profile: profileFacts(profile('lab')) });
  expect(
    pools.map(({ name, devicesPerNode, taints, resource }) => [
      name,
      devicesPerNode,
      taints.some(({ key }) => key === 'a'),
      resource?.kind,
    ]),
  ).toEqual([
    ['other', 8, false, undefined],
    ['gpu', 1, true, 'NodePool'],
    ['new', undefined, true, 'NodePool'],
    ['box', 2, false, 'Node'],
  ]);
  const [, gpu, fresh] = pools;
  expect(gpu.labels).toMatchObject({ team: 'nlp', 'node.kubernetes.io/instance-type': 'g6.xlarge' });
  expect(gpu.model?.key).toBe('l4');
  expect(fresh.labels).toEqual({ team: 'nlp', 'karpenter.sh/nodepool': 'new' });
});
