import { excessOf, meets, misfitOf, offers, poolsWithLabels, requestOf } from '../../src/inventory/placement';
import type { PodFacts } from '../../src/inventory/pod';
import type { Pool } from '../../src/inventory/pool';
import { isTolerated, untolerated } from '../../src/inventory/pool';
import { inventoryOf } from './inventory-of';

const POOL: Pool = {
  name: 'a',
  labels: { team: 'nlp', gpus: '8' },
  openLabels: { zone: ['a', 'b'], free: [], cards: ['4', '8'] },
  hasUnknownLabels: false,
  isKarpenter: false,
  taints: [],
  resourceName: 'nvidia.com/gpu',
  devicesPerNode: 8,
  cpuMillis: 100_000,
  memoryMib: 1000,
  spot: false,
};
const podOf = (spec: object, metadata: object = {}): PodFacts =>
  inventoryOf(JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', ...metadata }, spec })).pods[0];
const asking = (limits: object, more: object = {}): PodFacts =>
  podOf({ containers: [{ name: 'main', image: 'a', resources: { limits } }], ...more });
const GPU = { 'nvidia.com/gpu': 1 };

describe('what nodes of a pool may offer', () => {
  const A100 = { key: 'a100-80' } as Pool['model'];
  const MIXED: Partial<Pool> = { resourceName: undefined, sharing: 'mig-mixed' };

  test.each<[string, Partial<Pool>, string, boolean]>([
    ['its own', {}, 'nvidia.com/gpu', true],
    ['another', {}, 'amd.com/gpu', false],
    ['one of the same plugin, where labels are known', {}, 'nvidia.com/gpu.shared', false],
    ['one of the same plugin, which may rename it', { hasUnknownLabels: true }, 'nvidia.com/gpu.shared', true],
    ['one of another plugin', { hasUnknownLabels: true }, 'amd.com/gpu', false],
    [
      'a part, where the profile says how it is shared',
      { hasUnknownLabels: true, sharing: 'whole' },
      'nvidia.com/gpu.shared',
      false,
    ],
    ['a slice that the model has', { ...MIXED, model: A100 }, 'nvidia.com/mig-1g.10gb', true],
    ['a slice with media engines', { ...MIXED, model: A100 }, 'nvidia.com/mig-1g.10gb.me', true],
    ['a slice that the model has not', { ...MIXED, model: A100 }, 'nvidia.com/mig-1g.11gb', false],
    ['any slice of a model that is not known', MIXED, 'nvidia.com/mig-1g.11gb', true],
    ['a whole GPU in slices', MIXED, 'nvidia.com/gpu', false],
    ['a whole GPU in slices of a model', { ...MIXED, model: A100 }, 'nvidia.com/gpu', false],
    ['a GPU of a node that has none', { resourceName: undefined }, 'nvidia.com/gpu', false],
    [
      'a GPU of machines that are not known',
      { resourceName: undefined, hasUnknownLabels: true },
      'nvidia.com/gpu',
      true,
    ],
    ['a GPU of a node of no known size', { resourceName: undefined, cpuMillis: undefined }, 'nvidia.com/gpu', true],
  ])('%s: %j offers %s: %j', (_, pool, resource, expected) => {
    expect(offers({ ...POOL, ...pool }, resource)).toBe(expected);
  });
});

describe('what nodes of a pool may meet', () => {
  const KARPENTER: Pool = { ...POOL, hasUnknownLabels: true, isKarpenter: true };
  const UNKNOWN: Pool = { ...POOL, hasUnknownLabels: true };
  const meeting = (pool: Pool, key: string, operator: string, values: readonly string[]): boolean =>
    meets(pool, { field: podOf({ containers: [] }).field, key, operator, values });

  test.each<[string, string, string[], boolean]>([
    ['team', 'In', ['nlp', 'cv'], true],
    ['team', 'In', ['cv'], false],
    ['team', 'In', [], false],
    ['zone', 'In', ['b', 'c'], true],
    ['zone', 'In', ['c'], false],
    ['none', 'In', ['a'], false],
    ['free', 'In', ['a'], true],
    ['team', 'NotIn', ['cv'], true],
    ['team', 'NotIn', ['nlp'], false],
    ['zone', 'NotIn', ['a'], true],
    ['zone', 'NotIn', ['a', 'b'], false],
    ['none', 'NotIn', ['a'], true],
    ['team', 'Exists', [], true],
    ['zone', 'Exists', [], true],
    ['none', 'Exists', [], false],
    ['team', 'DoesNotExist', [], false],
    ['none', 'DoesNotExist', [], true],
    ['gpus', 'Gt', ['7'], true],
    ['gpus', 'Gt', ['8'], false],
    ['gpus', 'Lt', ['9'], true],
    ['gpus', 'Lt', ['8'], false],
    ['cards', 'Gt', ['5'], true],
    ['cards', 'Lt', ['5'], true],
    ['cards', 'Lt', ['4'], false],
    ['none', 'Gt', ['0'], false],
    ['team', 'Near', [], true],
    ['toString', 'Exists', [], false],
  ])('%s %s %j: %j', (key, operator, values, expected) => {
    expect(meeting(POOL, key, operator, values)).toBe(expected);
  });

  test.each<[string, Pool, string, boolean]>([
    ['a label of the cloud', UNKNOWN, 'cloud.example.com/a', true],
    ['a label that Karpenter knows', KARPENTER, 'node.kubernetes.io/instance-type', true],
    ['a label of users, which Karpenter does not set', KARPENTER, 'own', false],
    ['a label of users that the NodePool sets', KARPENTER, 'team', true],
    ['a label of users that the NodePool leaves open', KARPENTER, 'free', true],
  ])('%s', (_, pool, key, expected) => {
    expect(meeting(pool, key, 'In', ['nlp'])).toBe(expected);
  });

  test('a label of users that Karpenter does not set is not there', () => {
    expect(meeting(KARPENTER, 'own', 'Exists', [])).toBe(false);
    expect(meeting(KARPENTER, 'own', 'DoesNotExist', [])).toBe(true);
  });

  const preferring = (...terms: object[][]): PodFacts =>
    podOf({
      containers: [],
      nodeSelector: { team: 'nlp' },
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: terms.map((matchExpressions) => ({ matchExpressions })),
          },
        },
      },
    });
  const zone = (value: string): object => ({ key: 'zone', operator: 'In', values: [value] });
  const gpus = (value: string): object => ({ key: 'gpus', operator: 'In', values: [value] });

  test.each<[string, object[][], boolean]>([
    ['no term', [], true],
    ['a term', [[zone('a')]], true],
    ['a term that no node meets', [[zone('c')]], false],
    ['one of several terms', [[zone('c')], [zone('b')]], true],
    ['none of several terms', [[zone('c')], [gpus('1')]], false],
    [
      'half of each term',
      [
        [zone('c'), gpus('8')],
        [zone('a'), gpus('1')],
      ],
      false,
    ],
  ])('a pod with %s: %j may be there: %j', (_, terms, expected) => {
    expect(poolsWithLabels([POOL], preferring(...terms))).toEqual(expected ? [POOL] : []);
    expect(poolsWithLabels([{ ...POOL, labels: {} }], preferring(...terms))).toEqual([]);
  });
});

describe('why a pod fits on no pool', () => {
  const tainted: Pool = { ...POOL, name: 'b', taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] };
  const other: Pool = { ...POOL, name: 'c', labels: {} };
  const SELECTING = { nodeSelector: { team: 'nlp' } };

  test('is the first thing after which no pool is left', () => {
    const pools = [tainted, other];
    expect(misfitOf(asking({ 'amd.com/gpu': 1 }), pools)).toEqual({ obstacle: 'resource', pools });
    expect(misfitOf(asking({ ...GPU, 'amd.com/gpu': 1 }), pools)).toEqual({ obstacle: 'resource', pools });
    expect(misfitOf(asking(GPU, { nodeSelector: { team: 'cv' } }), pools)).toEqual({ obstacle: 'labels', pools });
    expect(misfitOf(asking({ 'nvidia.com/gpu': 9 }, SELECTING), pools)).toEqual({ obstacle: 'size', pools: [tainted] });
    expect(misfitOf(asking(GPU, SELECTING), pools)).toEqual({ obstacle: 'taints', pools: [tainted] });
  });

  test('is nothing where one pool fits in everything', () => {
    expect(misfitOf(asking(GPU), [tainted, other])).toBeUndefined();
    expect(misfitOf(asking({ 'nvidia.com/gpu': 8 }, SELECTING), [POOL])).toBeUndefined();
    expect(
      misfitOf(asking(GPU, { ...SELECTING, tolerations: [{ key: 'gpu', operator: 'Exists' }] }), [tainted]),
    ).toBeUndefined();
  });

  test('is not a taint for pods in a queue, which adds tolerations', () => {
    const queued = podOf(
      { containers: [{ image: 'a', resources: { limits: GPU } }] },
      { labels: { 'kueue.x-k8s.io/queue-name': 'q' } },
    );
    expect(misfitOf(queued, [tainted])).toBeUndefined();
  });
});

describe('what a pod asks for beyond a node', () => {
  test.each<[string, () => PodFacts, object | undefined]>([
    ['nothing', () => asking({ ...GPU, cpu: 100, memory: '1000Mi' }), undefined],
    ['a GPU', () => asking({ 'nvidia.com/gpu': 9 }), { resource: 'nvidia.com/gpu', asked: '9', has: '8' }],
    ['CPU', () => asking({ ...GPU, cpu: '100001m' }), { resource: 'cpu', asked: '100001m', has: '100000m' }],
    ['memory', () => asking({ ...GPU, memory: '1001Mi' }), { resource: 'memory', asked: '1001Mi', has: '1000Mi' }],
    [
      'devices that a claim decides',
      () => asking({}, { resourceClaims: Array.from({ length: 9 }, (_, index) => ({ name: `c${index}` })) }),
      undefined,
    ],
  ])('is %s', (_, pod, expected) => {
    expect(excessOf(POOL, pod())).toEqual(expected);
  });

  test('is nothing where the node is not known', () => {
    const unknown: Pool = { ...POOL, devicesPerNode: undefined, cpuMillis: undefined, memoryMib: undefined };
    expect(excessOf(unknown, asking({ 'nvidia.com/gpu': 9, cpu: 900, memory: '1Ti' }))).toBeUndefined();
  });

  test('counts containers and sidecars together, or the greatest init container', () => {
    const using = (cpu: number | undefined, more: object = {}): object => ({
      image: 'a',
      ...more,
      ...(cpu === undefined ? {} : { resources: { requests: { cpu } } }),
    });
    const pod = (containers: object[], initContainers: object[]): bigint =>
      requestOf(podOf({ containers, initContainers }), 'cpu') / 1_000_000_000n;
    const sidecar = { restartPolicy: 'Always' };
    expect(pod([using(2), using(3), using(undefined)], [])).toBe(5n);
    expect(pod([using(2)], [using(4, sidecar)])).toBe(6n);
    expect(pod([using(2)], [using(7), using(4), using(undefined)])).toBe(7n);
    expect(pod([using(9)], [using(7), using(4)])).toBe(9n);
    expect(pod([using(undefined)], [])).toBe(0n);
  });
});

describe('a taint', () => {
  const TAINT = { key: 'gpu', value: 'yes', effect: 'NoSchedule' };
  const tolerating = (...tolerations: object[]) => podOf({ containers: [], tolerations }).tolerations;

  test.each<[object, boolean]>([
    [{ key: 'gpu', operator: 'Exists' }, true],
    [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }, true],
    [{ key: 'gpu', operator: 'Exists', effect: '' }, true],
    [{ key: 'gpu', operator: 'Exists', effect: 'NoExecute' }, false],
    [{ key: 'gpu', value: 'yes' }, true],
    [{ key: 'gpu', operator: 'Equal', value: 'no' }, false],
    [{ key: 'gpu' }, false],
    [{ key: 'cpu', operator: 'Exists' }, false],
    [{ operator: 'Exists' }, true],
    [{ key: '', operator: 'Exists' }, true],
    [{ operator: 'Equal' }, false],
    [{}, false],
  ])('is tolerated by %j: %j', (toleration, expected) => {
    expect(isTolerated(TAINT, tolerating(toleration))).toBe(expected);
    expect(isTolerated(TAINT, tolerating({ key: 'x', operator: 'Exists' }, toleration))).toBe(expected);
  });

  test('without a value is tolerated by an empty one, and one that is not known by any', () => {
    expect(isTolerated({ ...TAINT, value: '' }, tolerating({ key: 'gpu' }))).toBe(true);
    expect(isTolerated({ ...TAINT, value: undefined }, tolerating({ key: 'gpu', value: 'a' }))).toBe(true);
    expect(isTolerated({ ...TAINT, value: undefined }, tolerating({ key: 'cpu', value: 'a' }))).toBe(false);
  });

  test('keeps pods off that do not tolerate it, unless it only prefers others', () => {
    const preferring = { ...TAINT, effect: 'PreferNoSchedule' };
    const executing = { ...TAINT, key: 'spot', effect: 'NoExecute' };
    const pool = { ...POOL, taints: [TAINT, preferring, executing] };
    expect(untolerated(pool, tolerating())).toEqual([TAINT, executing]);
    expect(untolerated(pool, tolerating({ key: 'gpu', operator: 'Exists' }))).toEqual([executing]);
  });
});
