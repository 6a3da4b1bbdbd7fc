import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Inventory } from '../../src/inventory/inventory';
import { profileFacts } from '../../src/inventory/profile';
import { sourceOf } from '../../src/inventory/source';

const document = (more: object): string =>
  JSON.stringify({ apiVersion: 'cdk8s-ml.dev/v1', kind: 'ClusterProfile', name: 'prod', ...more });
const EKS = document({
  provider: 'aws',
  components: ['karpenter'],
  pools: {
    h100: { gpu: 'h100-sxm', instanceType: 'p5.48xlarge', provisioner: 'karpenter', maxNodes: 8, capacityType: 'spot' },
  },
});
const configMap = (name: string, profile: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: ml, labels: { cdk8s-ml.dev/document: cluster-profile } }
data: { profile.json: '${profile}' }
`;
const inventoryOf = (...texts: string[]): Inventory => new Inventory(sourceOf('f.yaml', texts.join('---\n')).documents);

test('a pool of a profile is what its nodes are and what may run on them', () => {
  expect(profileFacts(EKS).pools).toEqual([
    {
      name: 'h100',
      labels: {
        'cdk8s-ml.dev/pool': 'h100',
        'node.kubernetes.io/instance-type': 'p5.48xlarge',
        'karpenter.sh/capacity-type': 'spot',
        'karpenter.k8s.aws/instance-gpu-name': 'h100',
      },
      openLabels: {},
      hasUnknownLabels: true,
      isKarpenter: true,
      taints: [{ key: 'nvidia.com/gpu', value: undefined, effect: 'NoSchedule' }],
      model: expect.objectContaining({ key: 'h100-sxm' }),
      resourceName: 'nvidia.com/gpu',
      sharing: 'whole',
      devicesPerNode: 8,
      maxNodes: 8,
      spot: true,
      cpuMillis: 191450,
      memoryMib: 1938410,
      instanceType: 'p5.48xlarge',
      fabricDevices: 32,
    },
  ]);
});

test('a pool knows the values of which its nodes have one, and the taint that Azure puts on spot nodes', () => {
  const json = document({
    provider: 'azure',
    pools: {
      a: {
        gpu: 'a100-80',
        gpusPerNode: 4,
        capacityType: 'spot',
        nodeSelector: { pool: 'a' },
        nodeCpu: '90',
        nodeMemory: '800Gi',
      },
    },
  });
  const [pool] = profileFacts(json).pools;
  expect(pool).toMatchObject({ devicesPerNode: 4, cpuMillis: 90_000, memoryMib: 819_200, isKarpenter: false });
  expect(pool.labels).toEqual({ pool: 'a' });
  expect(pool.openLabels['nvidia.com/gpu.product']).toContain('NVIDIA-A100-SXM4-80GB');
  expect(pool.taints).toContainEqual({
    key: 'kubernetes.azure.com/scalesetpriority',
    value: 'spot',
    effect: 'NoSchedule',
  });
});

test('slices are offered under the name of the GPU with one profile, and under their own with several', () => {
  const shared = (sharing: object): string =>
    document({ pools: { a: { gpu: 'a100-80', gpusPerNode: 2, nodeSelector: { pool: 'a' }, sharing } } });
  expect(profileFacts(shared({ strategy: 'mig-single', migProfile: '1g.10gb' })).pools[0]).toMatchObject({
    resourceName: 'nvidia.com/gpu',
    sharing: 'mig-single',
    devicesPerNode: 14,
  });
  expect(profileFacts(shared({ strategy: 'mig-mixed' })).pools[0]).toMatchObject({
    resourceName: undefined,
    sharing: 'mig-mixed',
  });
});

test('a pool of GPUs on ARM hosts has the label of those, and one on demand is not taken away', () => {
  const pool = { gpu: 'gh200', gpusPerNode: 1, nodeSelector: { pool: 'a' }, capacityType: 'on-demand' };
  const [found] = profileFacts(document({ pools: { a: pool } })).pools;
  expect(found.labels).toMatchObject({ 'kubernetes.io/arch': 'arm64', pool: 'a' });
  expect(found).toMatchObject({ spot: false, isKarpenter: false });
  expect(found.instanceType).toBeUndefined();
  expect(Object.keys(found.labels)).not.toContain('node.kubernetes.io/instance-type');
});

test('a document that is no profile is one error with the reason', () => {
  expect(() => profileFacts('{}')).toThrow(/apiVersion/);
  expect(() => profileFacts('no')).toThrow(/no JSON/);
});

test('a set finds the profile that it publishes, and takes the one that is given before it', () => {
  const published = inventoryOf(configMap('prod', EKS));
  expect(published.profile?.profile.name).toBe('prod');
  expect(published.pools?.map(({ name }) => name)).toEqual(['h100']);
  const given = profileFacts(document({ name: 'given' }));
  const { documents } = sourceOf('f.yaml', configMap('prod', EKS));
  expect(new Inventory(documents, { profile: given }).profile).toBe(given);
});

test('of several profiles that differ none holds, of several that are one that one', () => {
  const other = document({ name: 'other' });
  expect(inventoryOf(configMap('a', EKS), configMap('b', other)).profile).toBeUndefined();
  expect(inventoryOf(configMap('a', EKS), configMap('b', EKS)).profile?.profile.name).toBe('prod');
});

test('a ConfigMap without the label is none, and one whose text cannot be read says so', () => {
  const plain = configMap('a', EKS).replace('cdk8s-ml.dev/document', 'other');
  expect(inventoryOf(plain).publishedProfiles).toEqual([]);
  const [bad] = inventoryOf(configMap('a', '{}')).publishedProfiles;
  expect(bad.facts).toBeUndefined();
  expect(bad.problem).toMatch(/cannot be read: .*apiVersion/);
  const [empty] = inventoryOf(configMap('a', EKS).replace('profile.json', 'other')).publishedProfiles;
  expect(empty.problem).toMatch(/no text under profile.json/);
});

test('a pool that a profile and a NodePool describe is one: what the NodePool says, and the profile the rest', () => {
  const nodePool = `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: h100 }
spec:
  template:
    metadata: { labels: { team: nlp } }
    spec: { taints: [{ key: dedicated, value: train, effect: NoSchedule }], requirements: [] }
`;
  const { pools } = inventoryOf(configMap('prod', EKS), nodePool);
  expect(pools).toHaveLength(1);
  expect(pools![0]).toMatchObject({
    devicesPerNode: 8,
    labels: { team: 'nlp', 'cdk8s-ml.dev/pool': 'h100', 'karpenter.sh/nodepool': 'h100' },
    taints: [{ key: 'dedicated', value: 'train', effect: 'NoSchedule' }],
  });
});

test('nothing but the reader of profiles loads cdk8s, so that the command starts at once', () => {
  const root = join(__dirname, '..', '..', '..');
  const IMPORT = /^(?:import|export)(?! type)\s[^;]*?from '([^']*)';/gms;
  const fileOf = (from: string, path: string): string | undefined => {
    if (path.startsWith('cdk8s-ml/floor/')) return join(root, 'src', `${path.slice('cdk8s-ml/floor/'.length)}.ts`);
    return path.startsWith('.') ? `${join(dirname(from), path)}.ts` : undefined;
  };
  const src = join(root, 'check', 'src');
  const loaded = new Set(
    readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('read-profile.ts'))
      .map((file) => join(src, file)),
  );
  const guilty: string[] = [];
  for (const file of loaded) {
    for (const [, path] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      if (/^(cdk8s|cdk8s-plus-28|constructs|cdk8s-ml)$/.test(path)) guilty.push(`${file} imports ${path}`);
      const next = fileOf(file, path);
      if (next !== undefined && !next.startsWith(src)) loaded.add(next); // all of those are there already
    }
  }
  expect(loaded.size).toBeGreaterThan(50);
  expect(guilty).toEqual([]);
});
