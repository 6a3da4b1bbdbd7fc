import { cloudOfLabels, isInCloud } from '../../src/inventory/cloud';
import { Inventory } from '../../src/inventory/inventory';
import { profileFacts } from '../../src/inventory/profile';
import { inventoryOf } from './inventory-of';

const pod = (selector = '{}'): string => `
apiVersion: v1
kind: Pod
metadata: { name: main }
spec: { containers: [{ name: main }], nodeSelector: ${selector} }
---`;
const node = (type: string): string => `
apiVersion: v1
kind: Node
metadata: { name: one, labels: { node.kubernetes.io/instance-type: ${type} } }
---`;
const NODE_POOL = `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: gpu }
spec: { template: { spec: { requirements: [] } } }
---`;

test.each([
  ['karpenter.k8s.aws/instance-family: p5', 'aws'],
  ['eks.amazonaws.com/nodegroup: gpu', 'aws'],
  ['karpenter.azure.com/sku-name: x', 'azure'],
  ['kubernetes.azure.com/agentpool: gpu', 'azure'],
  ['cloud.google.com/gke-accelerator: nvidia-l4', 'gcp'],
  ['team: nlp', undefined],
])('%s is a label of the nodes of a cloud', (label, cloud) => {
  expect(cloudOfLabels(inventoryOf(pod(`{ pool: a, ${label} }`)).pods[0])).toBe(cloud);
});

test.each([
  ['asks for a label of a cloud', pod('{ cloud.google.com/gke-nodepool: gpu }'), true],
  ['asks for a machine of a cloud', pod('{ node.kubernetes.io/instance-type: p5.48xlarge }'), true],
  ['asks for a machine of its own', pod('{ node.kubernetes.io/instance-type: box-1 }'), false],
  ['asks for nothing', pod(), false],
  ['comes to a machine of a cloud', pod() + node('p5.48xlarge'), true],
  ['comes to a machine of its own', pod() + node('box-1'), false],
  ['comes to one of several machines', pod() + node('box-1') + node('p5.48xlarge'), true],
  ['comes to a pool of Karpenter', pod() + NODE_POOL, true],
])('a pod that %s', (_, manifest, expected) => {
  const inventory = inventoryOf(manifest);
  expect(isInCloud(inventory.pods[0], inventory)).toBe(expected);
});

test.each([
  ['aws', true],
  ['on-premises', false],
])('a profile of %s', (provider, expected) => {
  const text = JSON.stringify({ apiVersion: 'cdk8s-ml.dev/v1', kind: 'ClusterProfile', name: 'lab', provider });
  const inventory = new Inventory(inventoryOf(pod()).documents, { profile: profileFacts(text) });
  expect(isInCloud(inventory.pods[0], inventory)).toBe(expected);
});
