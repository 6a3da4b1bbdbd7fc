import type { AmountPlace } from '../../src/inventory/amount-places';
import { amountPlaces, storageRequests } from '../../src/inventory/amount-places';
import { inventoryOf } from './inventory-of';

const SET = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: store }
spec:
  volumeClaimTemplates:
  - { metadata: { name: data }, spec: { resources: { requests: { storage: 3Gi }, limits: { storage: 4Gi } } } }
  template:
    spec:
      resources: { requests: { cpu: 1 }, limits: { memory: 2Gi } }
      initContainers: [{ name: first, resources: { requests: { cpu: 5 } } }]
      containers: [{ name: main, resources: { requests: { cpu: 6 }, limits: { nvidia.com/gpu: 7 } } }]
      volumes:
      - { name: scratch, emptyDir: { sizeLimit: 8Gi } }
      - { name: work, ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage: 9Gi } } } } } }
`;
const CLAIM = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: models }
spec: { resources: { requests: { storage: 10Gi }, limits: { storage: 11Gi } } }
`;
const QUOTA = `
apiVersion: v1
kind: ResourceQuota
metadata: { name: gpus }
spec: { hard: { requests.nvidia.com/gpu: 12, pods: 13 } }
`;
const CONFIG = `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { storage: 1Gi }
`;
/** Has the form of a claim and of a quota, and is neither. */
const OWN = `
apiVersion: example.com/v1
kind: Own
metadata: { name: own }
spec: { resources: { requests: { storage: 1 } }, hard: { pods: 1 } }
`;

/** Amounts that stand somewhere, by what they are amounts of. */
const standing = (places: readonly AmountPlace[]): string[] =>
  places.filter(({ field }) => field.exists).map(({ resource, field }) => `${resource} ${field.place} ${field.value}`);

test('amounts of a workload stand in its containers, in its pod, in its volumes and in its templates of claims', () => {
  const inventory = inventoryOf(SET);
  const pod = 'spec.template.spec';
  expect(standing(amountPlaces(inventory.resources[0], inventory))).toEqual([
    `cpu ${pod}.initContainers[0].resources.requests.cpu 5`,
    `cpu ${pod}.containers[0].resources.requests.cpu 6`,
    `nvidia.com/gpu ${pod}.containers[0].resources.limits['nvidia.com/gpu'] 7`,
    `cpu ${pod}.resources.requests.cpu 1`,
    `memory ${pod}.resources.limits.memory 2Gi`,
    `storage ${pod}.volumes[0].emptyDir.sizeLimit 8Gi`,
    `storage ${pod}.volumes[1].ephemeral.volumeClaimTemplate.spec.resources.requests.storage 9Gi`,
    'storage spec.volumeClaimTemplates[0].spec.resources.requests.storage 3Gi',
    'storage spec.volumeClaimTemplates[0].spec.resources.limits.storage 4Gi',
  ]);
});

test.each([
  ['a claim', CLAIM, ['storage spec.resources.requests.storage 10Gi', 'storage spec.resources.limits.storage 11Gi']],
  ['a quota', QUOTA, ["requests.nvidia.com/gpu spec.hard['requests.nvidia.com/gpu'] 12", 'pods spec.hard.pods 13']],
  ['an object without amounts', CONFIG, []],
  ['an object of somebody else', OWN, []],
])('amounts of %s', (_, manifest, places) => {
  const inventory = inventoryOf(manifest);
  expect(standing(amountPlaces(inventory.resources[0], inventory))).toEqual(places);
});

test('storage is asked for by claims and by templates of them', () => {
  const inventory = inventoryOf(`${SET}---${CLAIM}---${CONFIG}---${OWN}`);
  const asked = inventory.resources.map((object) => storageRequests(object, inventory).filter(({ exists }) => exists));
  expect(asked.map((fields) => fields.map(({ value }) => value))).toEqual([['9Gi', '3Gi'], ['10Gi'], [], []]);
});
