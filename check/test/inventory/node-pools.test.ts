import { factsOfMachine } from '../../src/inventory/node-pools';
import type { Pool } from '../../src/inventory/pool';
import { inventoryOf } from './inventory-of';

const TYPE = 'node.kubernetes.io/instance-type';
const CAPACITY = 'karpenter.sh/capacity-type';

interface Requirement {
  readonly key?: string;
  readonly operator: string;
  readonly values?: readonly string[];
}
const one = (key: string, ...values: string[]): Requirement => ({ key, operator: 'In', values });

function nodePool(requirements: Requirement[], limits: object = {}, template: object = {}): Pool {
  const spec = { limits, template: { ...template, spec: { requirements, taints: [{ key: 'a' }] } } };
  const text = JSON.stringify({ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'train' }, spec });
  return inventoryOf(text).pools![0];
}
function node(labels: object, allocatable: object = {}, taints: object[] = []): Pool {
  const content = { metadata: { name: 'n1', labels }, spec: { taints }, status: { allocatable } };
  return inventoryOf(JSON.stringify({ apiVersion: 'v1', kind: 'Node', ...content })).pools![0];
}

describe('a NodePool', () => {
  test('has the labels of its nodes, and those of which they have one of several values', () => {
    const requirements = [
      one('team', 'nlp'),
      one('zone', 'a', 'b'),
      { key: 'slow', operator: 'DoesNotExist' },
      { key: 'cpus', operator: 'Gt', values: ['7'] },
    ];
    expect(nodePool(requirements, {}, { metadata: { labels: { tier: 'gpu' } } })).toMatchObject({
      name: 'train',
      labels: { tier: 'gpu', team: 'nlp', 'karpenter.sh/nodepool': 'train' },
      openLabels: { zone: ['a', 'b'], slow: [], cpus: [] },
      hasUnknownLabels: true,
      isKarpenter: true,
      taints: [{ key: 'a', value: '', effect: '' }],
    });
  });

  test.each<[string, Requirement[], boolean]>([
    ['spot alone', [one(CAPACITY, 'spot')], true],
    ['spot among others', [one(CAPACITY, 'on-demand', 'spot')], true],
    ['on demand', [one(CAPACITY, 'on-demand')], false],
    ['nothing said', [], false],
    ['spot of another label', [one('team', 'spot')], false],
  ])('of %s: nodes may be taken away: %j', (_, requirements, spot) => {
    expect(nodePool(requirements).spot).toBe(spot);
  });

  test('has what its only machine has, and as many nodes as its limit has GPUs', () => {
    const p5 = one(TYPE, 'p5.48xlarge');
    const machine = {
      instanceType: 'p5.48xlarge',
      devicesPerNode: 8,
      resourceName: 'nvidia.com/gpu',
      fabricDevices: 32,
    };
    expect(nodePool([p5], { cpu: 1000, 'nvidia.com/gpu': 20 })).toMatchObject({ ...machine, maxNodes: 2 });
    expect(nodePool([p5], { cpu: 1000 })).toMatchObject(machine);
    expect(nodePool([p5], { cpu: 1000 })).not.toHaveProperty('maxNodes');
    expect(nodePool([p5], { 'nvidia.com/gpu': 'many' })).not.toHaveProperty('maxNodes');
    expect(nodePool([one(TYPE, 'm7i.large')], { 'nvidia.com/gpu': 8 })).not.toHaveProperty('maxNodes');
  });

  test('of machines that are not known has the devices that its limit counts', () => {
    const pool = nodePool([one(TYPE, 'p5.48xlarge', 'own-1')], { cpu: 100, 'amd.com/gpu': 16 });
    expect(pool.resourceName).toBe('amd.com/gpu');
    expect(pool).not.toHaveProperty('devicesPerNode');
    expect(pool).not.toHaveProperty('maxNodes');
    expect(nodePool([], { cpu: 100 })).not.toHaveProperty('resourceName');
  });
});

describe('a Node', () => {
  test('is a pool of one, all of whose labels are known', () => {
    const taints = [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }];
    const allocatable = { cpu: '7910m', memory: '32Gi', 'nvidia.com/gpu': '2' };
    expect(node({ zone: 'a' }, allocatable, taints)).toEqual({
      name: 'n1',
      resource: expect.objectContaining({ kind: 'Node' }),
      labels: { zone: 'a' },
      openLabels: {},
      hasUnknownLabels: false,
      isKarpenter: false,
      taints,
      spot: false,
      resourceName: 'nvidia.com/gpu',
      devicesPerNode: 2,
      cpuMillis: 7910,
      memoryMib: 32768,
      maxNodes: 1,
    });
  });

  test('has what its machine has where it does not say otherwise', () => {
    expect(node({ [TYPE]: 'p5.48xlarge' })).toMatchObject({ devicesPerNode: 8, cpuMillis: 191450, fabricDevices: 32 });
    expect(node({ [TYPE]: 'p5.48xlarge' }, { 'nvidia.com/gpu': 7, cpu: 100 })).toMatchObject({
      devicesPerNode: 7,
      cpuMillis: 100_000,
      memoryMib: 1938410,
    });
  });

  test.each<[object, boolean]>([
    [{ [CAPACITY]: 'spot' }, true],
    [{ [CAPACITY]: 'on-demand' }, false],
    [{ 'cloud.google.com/gke-spot': 'true' }, true],
    [{ 'cloud.google.com/gke-spot': 'false' }, false],
    [{}, false],
  ])('with labels %j may be taken away: %j', (labels, spot) => {
    expect(node(labels).spot).toBe(spot);
  });
});

describe('a machine', () => {
  const machine = { provider: 'aws', name: 'own', vcpu: 8, memoryGib: 32, localNvmeGb: 0, networkGbps: 10 } as const;

  test('without GPUs has no model, and what is set aside for the node is not known', () => {
    expect(factsOfMachine({ ...machine, gpus: 0 } as never)).toEqual({
      instanceType: 'own',
      model: undefined,
      resourceName: undefined,
      devicesPerNode: 0,
      cpuMillis: 8000,
      memoryMib: 32768,
      fabricDevices: undefined,
    });
  });

  test('that is not known tells nothing', () => {
    expect(factsOfMachine(undefined)).toEqual({});
  });
});
