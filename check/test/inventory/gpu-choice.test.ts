import { chosenMachines, chosenModels, isChoice, isOfGpuNodes, modelsFor } from '../../src/inventory/gpu-choice';
import { Inventory } from '../../src/inventory/inventory';
import type { PodFacts } from '../../src/inventory/pod';
import { profileFacts } from '../../src/inventory/profile';
import { sourceOf } from '../../src/inventory/source';

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** A pod that demands nodes with labels. */
function podOn(...matchExpressions: Expression[]): PodFacts {
  const nodeAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
  };
  const spec = { affinity: { nodeAffinity }, containers: [{ name: 'main', image: 'a' }] };
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec });
  return new Inventory(sourceOf('f.yaml', text).documents).pods[0];
}
const demand = (key: string, operator: string, ...values: string[]) => podOn({ key, operator, values }).nodeDemands[0];
const TYPE = 'node.kubernetes.io/instance-type';

test.each<[string, string, string[], boolean]>([
  ['nvidia.com/gpu.product', 'In', ['NVIDIA-L4'], true],
  ['nvidia.com/gpu', 'Exists', [], true],
  ['nvidia.com/gpu', 'DoesNotExist', [], false],
  ['nvidia.com/gpu.product', 'NotIn', ['NVIDIA-L4'], false],
  ['nvidia.com/gpu.count', 'Lt', ['4'], false],
  ['nvidia.com/gpu.count', 'Gt', ['4'], true],
  ['nvidia.com/gpu.present', 'In', ['false'], false],
  ['nvidia.com/gpu.present', 'In', ['None'], false],
  ['nvidia.com/gpu.present', 'In', ['false', 'true'], true],
  ['nvidia.com/gpu.count', 'In', ['10'], true],
  ['nvidia.com/gpu.machine', 'In', ['no-name'], true],
  [TYPE, 'In', ['p5.48xlarge', 'g6.xlarge'], true],
  [TYPE, 'In', ['p5.48xlarge', 'm7i.large'], false],
  [TYPE, 'Exists', [], false],
  ['gpu', 'In', ['true'], true],
  ['gpu', 'In', ['a10', 'nvidia-a10'], true],
  ['gpu', 'In', ['untrue'], false],
  ['gpu', 'In', ['true-a10'], false],
  ['gpu', 'Exists', [], true],
  ['team', 'In', ['true'], false],
  ['team', 'Exists', [], false],
])('%s %s %j is of GPU nodes: %j', (key, operator, values, expected) => {
  expect(isOfGpuNodes(demand(key, operator, ...values))).toBe(expected);
});

test.each<[string, string[], boolean]>([
  ['accelerator', ['nvidia'], false],
  ['accelerator', ['nvidia', 'nvidia-l4'], true],
  ['nvidia.com/gpu.product', ['NVIDIA-L4'], true],
  ['team', ['nlp'], true],
  ['kubernetes.io/os', ['linux'], false],
  ['nvidia.com/gpu.present', ['true'], false],
])('%s in %j chooses: %j', (key, values, expected) => {
  expect(isChoice(demand(key, 'In', ...values))).toBe(expected);
});

test('machines are those that are named and known', () => {
  const pod = podOn(
    { key: TYPE, operator: 'In', values: ['g6.xlarge', 'own-1'] },
    { key: 'beta.kubernetes.io/instance-type', operator: 'In', values: ['p5.48xlarge'] },
    { key: TYPE, operator: 'NotIn', values: ['g5.xlarge'] },
    { key: 'team', operator: 'In', values: ['p4d.24xlarge'] },
  );
  expect(chosenMachines(pod).map(({ name }) => name)).toEqual(['g6.xlarge', 'p5.48xlarge']);
});

const AWS_NAME = 'karpenter.k8s.aws/instance-gpu-name';
const one = (key: string, ...values: string[]): Expression => ({ key, operator: 'In', values });

test.each<[string, Expression[], string[] | undefined]>([
  ['the product', [one('nvidia.com/gpu.product', 'NVIDIA-L4')], ['l4']],
  ['the product, shared', [one('nvidia.com/gpu.product', 'NVIDIA-L4-SHARED')], ['l4']],
  ['the product, in slices', [one('nvidia.com/gpu.product', 'NVIDIA-L4-MIG-1g.5gb')], ['l4']],
  ['the product, in shared slices', [one('nvidia.com/gpu.product', 'NVIDIA-L4-MIG-1g.5gb-SHARED')], ['l4']],
  ['something like it', [one('nvidia.com/gpu.product', 'NVIDIA-L4-SHARED-OLD')], undefined],
  ['two products', [one('nvidia.com/gpu.product', 'Tesla-T4', 'NVIDIA-L4')], ['t4', 'l4']],
  ['one that is not known among them', [one('nvidia.com/gpu.product', 'Tesla-T4', 'NVIDIA-X1')], undefined],
  ['the label of GKE', [one('cloud.google.com/gke-accelerator', 'nvidia-l4')], ['l4']],
  ['the name of Karpenter', [one(AWS_NAME, 't4')], ['t4']],
  ['the name of EKS', [one('eks.amazonaws.com/instance-gpu-name', 'l4')], ['l4']],
  ['the name of Azure', [one('karpenter.azure.com/sku-gpu-name', 'A10')], ['a10']],
  ['a machine', [one(TYPE, 'g6.xlarge')], ['l4']],
  ['an old machine that the catalogue does not have', [one(TYPE, 'p3.2xlarge')], ['v100']],
  ['an old machine in the old words', [one('beta.kubernetes.io/instance-type', 'g4dn.8xlarge')], ['t4']],
  ['an old family', [one('karpenter.k8s.aws/instance-family', 'p3dn', 'g4dn')], ['v100', 't4']],
  ['an old family in EKS', [one('eks.amazonaws.com/instance-family', 'p3')], ['v100']],
  ['a family that is not known among them', [one('karpenter.k8s.aws/instance-family', 'g4dn', 'm7i')], undefined],
  ['a machine that is not known', [one(TYPE, 'g6.xlarge', 'own-1')], undefined],
  ['two demands', [one(AWS_NAME, 't4', 'l4'), one('nvidia.com/gpu.product', 'NVIDIA-L4')], ['l4']],
  ['demands that no model meets', [one(AWS_NAME, 't4'), one('nvidia.com/gpu.product', 'NVIDIA-L4')], undefined],
  ['a demand that tells nothing', [one('team', 'nlp'), one(AWS_NAME, 't4')], ['t4']],
  ['only what it is not', [{ key: AWS_NAME, operator: 'NotIn', values: ['t4'] }], undefined],
  ['no value', [one(AWS_NAME)], undefined],
  ['nothing', [], undefined],
])('%s tells the model', (_, demands, expected) => {
  expect(chosenModels(podOn(...demands))?.map(({ key }) => key)).toEqual(expected);
});

test.each([
  ['karpenter.k8s.aws/instance-gpu-memory', '40960', ['a100-40']],
  ['eks.amazonaws.com/instance-gpu-memory', '144384', ['h200']],
  ['karpenter.k8s.aws/instance-gpu-memory', '1', undefined],
  ['karpenter.k8s.aws/instance-memory', '40960', undefined],
])('%s of %s tells the models that have it', (label, memory, expected) => {
  expect(chosenModels(podOn(one(label, memory)))?.map(({ key }) => key)).toEqual(expected);
});

test('pools tell the models when the pod does not', () => {
  const pool = (gpu: string, instanceType: string) => ({ gpu, instanceType, provisioner: 'karpenter' });
  const profile = { apiVersion: 'cdk8s-ml.dev/v1', kind: 'ClusterProfile', name: 'lab', provider: 'aws' };
  const pools = { a: pool('l4', 'g6.xlarge'), b: pool('l4', 'g6.12xlarge') };
  const facts = profileFacts(JSON.stringify({ ...profile, components: ['karpenter'], pools }));
  const keys = (pod: PodFacts, of = facts.pools) => modelsFor(pod, of)?.map(({ key }) => key);
  expect(keys(podOn())).toEqual(['l4']);
  expect(keys(podOn(one(AWS_NAME, 't4')))).toEqual(['t4']);
  expect(keys(podOn(), [])).toBeUndefined();
  expect(modelsFor(podOn(), undefined)).toBeUndefined();
  expect(keys(podOn(), [...facts.pools, { ...facts.pools[0], model: undefined }])).toBeUndefined();
});
