import { mayBeGiven } from '../../src/inventory/default-amounts';
import { inventoryOf } from './inventory-of';

const range = (limit: string, namespace = 'ml'): string => `
apiVersion: v1
kind: LimitRange
metadata: { name: one, namespace: ${namespace} }
spec: { limits: [${limit}] }
---
`;
const pod = (spec = '', metadata = 'name: main, namespace: ml'): string => `
apiVersion: v1
kind: Pod
metadata: { ${metadata} }
spec: { ${spec} containers: [{ name: main }] }
`;

test.each([
  ['nobody', pod(), false],
  ['the requests of its pod', pod('resources: { requests: { memory: 1Gi } },'), true],
  ['the limits of its pod', pod('resources: { limits: { memory: 1Gi } },'), true],
  ['other requests of its pod', pod('resources: { requests: { cpu: 1 } },'), false],
  ['a LimitRange with a limit', range('{ type: Container, default: { memory: 1Gi } }') + pod(), true],
  ['a LimitRange with a request', range('{ type: Container, defaultRequest: { cpu: 1, memory: 1Gi } }') + pod(), true],
  ['a LimitRange of other resources', range('{ type: Container, default: { cpu: 1 } }') + pod(), false],
  ['a LimitRange that only bounds', range('{ type: Container, max: { memory: 1Gi } }') + pod(), false],
  ['a LimitRange of pods', range('{ type: Pod, default: { memory: 1Gi } }') + pod(), false],
  ['a LimitRange elsewhere', range('{ type: Container, default: { memory: 1Gi } }', 'web') + pod(), false],
  [
    'a LimitRange of the namespace into which the pod may be put',
    range('{ type: Container, default: { memory: 1Gi } }') + pod('', 'name: main'),
    true,
  ],
  [
    'a LimitRange that is put into the same namespace',
    range('{ type: Container, default: { memory: 1Gi } }').replace(', namespace: ml', '') + pod('', 'name: main'),
    true,
  ],
  [
    'the second of two LimitRanges',
    range('{ type: Container, default: { memory: 1Gi } }', 'web') +
      range('{ type: Container, default: { memory: 1Gi } }') +
      pod(),
    true,
  ],
  [
    'a runtime that is not there',
    `
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: chat, namespace: ml }
spec: { predictor: { model: { modelFormat: { name: huggingface } } } }
`,
    true,
  ],
])('memory is given by %s', (_, manifest, expected) => {
  const inventory = inventoryOf(manifest);
  expect(mayBeGiven(inventory.pods[0].containers[0], 'memory', inventory)).toBe(expected);
});
