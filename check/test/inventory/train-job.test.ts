import type { Field } from '../../src/inventory/field';
import { inventoryOf } from './inventory-of';

// A TrainJob and the runtime beside it make one pod.

const RUNTIME = `apiVersion: trainer.kubeflow.org/v1alpha1
kind: ClusterTrainingRuntime
metadata: { name: torch }
spec:
  template:
    spec:
      replicatedJobs:
      - name: node
        template:
          spec:
            template:
              spec:
                containers:
                - name: beside
                - name: node
                  image: runtime:1
                  args: [default.py]
                  env: [{ name: A, value: runtime }, { name: B, value: runtime }]
                  resources: { limits: { memory: 1Gi } }
                  volumeMounts: [{ name: shm, mountPath: /dev/shm }]
                volumes: [{ name: shm, emptyDir: { medium: Memory } }]
`;

function trainJobOn(runtime: string, spec: string) {
  const job = `apiVersion: trainer.kubeflow.org/v1alpha1\nkind: TrainJob\nmetadata: { name: x }\nspec: ${spec}\n---\n`;
  return inventoryOf(job + runtime).workloads.find(({ resource }) => resource.kind === 'TrainJob')!.pods[0];
}

test('what a TrainJob says of its nodes lies over what its runtime says', () => {
  const trainer =
    '{ image: own:2, args: [own.py], env: [{ name: B, value: own }, { name: C, value: own }], resourcesPerNode: { limits: { nvidia.com/gpu: 8 } } }';
  const pod = trainJobOn(RUNTIME, `{ runtimeRef: { name: torch }, trainer: ${trainer} }`);
  expect(pod.partial).toBe(false);
  expect(pod.containers.map(({ name }) => name)).toEqual(['beside', 'node']);
  const [, node] = pod.containers;
  expect([node.image, node.args, node.env.map(({ name, value }) => `${name}=${value}`)]).toEqual([
    'own:2',
    ['own.py'],
    ['A=runtime', 'B=own', 'C=own'],
  ]);
  expect(node.mounts.map(({ volume }) => volume?.nature)).toEqual(['memory']);
  expect(node.amounts('memory').limit).toBeUndefined();
  expect(pod.deviceCount).toBe(8);
  expect(
    [node.field.at('image'), node.field.at('env', 0, 'value'), node.field.at('env', 1, 'value')].map(placeOf),
  ).toEqual([
    'TrainJob spec.trainer.image',
    'ClusterTrainingRuntime spec.template.spec.replicatedJobs[0].template.spec.template.spec.containers[1].env[0].value',
    'TrainJob spec.trainer.env[0].value',
  ]);
  expect(node.field.keys.sort()).toEqual(['args', 'env', 'image', 'name', 'resources', 'volumeMounts']);
  // Where what is absent would stand.
  expect(placeOf(node.field.at('livenessProbe', 'httpGet'))).toBe(
    'ClusterTrainingRuntime spec.template.spec.replicatedJobs[0].template.spec.template.spec.containers[1].livenessProbe.httpGet',
  );
});

const placeOf = ({ resource, place }: Field): string => `${resource.kind} ${place}`;

test('a TrainJob that says nothing of its nodes leaves them as they are', () => {
  const [, node] = trainJobOn(RUNTIME, '{ runtimeRef: { name: torch } }').containers;
  expect([node.image, node.args, node.env.length, node.amounts('memory').limit]).toEqual([
    'runtime:1',
    ['default.py'],
    2,
    1024n ** 3n * 10n ** 9n,
  ]);
});

test.each([
  ['patches of its runtime', RUNTIME, '{ runtimeRef: { name: torch }, runtimePatches: [{ manager: a }] }'],
  ['overrides of its pods', RUNTIME, '{ runtimeRef: { name: torch }, podTemplateOverrides: [{}] }'],
  ['a runtime that is not here', '', '{ runtimeRef: { name: torch } }'],
  [
    'a runtime without the container',
    RUNTIME.replace('name: node\n                  image', 'name: own\n                  image'),
    '{ runtimeRef: { name: torch } }',
  ],
])('of a TrainJob with %s the rest is unknown', (_, runtime, spec) => {
  expect(trainJobOn(runtime, spec).partial).toBe(true);
});
