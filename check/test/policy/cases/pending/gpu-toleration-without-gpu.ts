import { Severity } from '../../../../src/policy/finding';
import { gpuTolerationWithoutGpu } from '../../../../src/policy/rules/pending/gpu-toleration-without-gpu';
import type { RuleCase } from '../../rule-case';
import { podWith, TOLERATION } from './manifests';

const CPU = '{ requests: { cpu: 1, memory: 1Gi }, limits: { memory: 1Gi } }';

export const GPU_TOLERATION_WITHOUT_GPU: RuleCase = {
  rule: gpuTolerationWithoutGpu,
  good: podWith(CPU, 'tolerations: [{ key: team, operator: Exists }]'),
  flips: [
    {
      change: { 'spec.tolerations[0].key': 'nvidia.com/gpu' },
      at: 'spec.tolerations[0]',
      says: /tolerates the taint nvidia.com\/gpu of GPU nodes and asks for no GPU/,
      severity: Severity.WARNING,
    },
    ...['ml-nvidia', 'my-gke-team'].map((namespace) => ({
      change: { 'spec.tolerations[0].key': 'nvidia.com/gpu', 'metadata.namespace': namespace },
      at: 'spec.tolerations[0]',
      says: /asks for no GPU/,
      severity: Severity.WARNING,
    })),
    ...['', 'none', 'void'].map((value) => ({
      change: {
        'spec.tolerations[0].key': 'nvidia.com/gpu',
        'spec.containers[0].env': [{ name: 'NVIDIA_VISIBLE_DEVICES', value }],
      },
      at: 'spec.tolerations[0]',
      says: /asks for no GPU/,
      severity: Severity.WARNING,
    })),
  ],
  silent: {
    'a device of a kind that is not known': podWith('{ limits: { cpu: 1, example.com/card: 1 } }', TOLERATION),
    'a fraction of a GPU': podWith('{ limits: { cpu: 1, gpu: 1 } }', TOLERATION),
    'a device beside a container without': podWith(
      '{ limits: { example.com/card: 1 } }',
      `initContainers: [{ name: fetch, image: 'a/b:1' }]\n${TOLERATION}`,
    ),
    'a claim of a device': podWith(CPU, `${TOLERATION}\nresourceClaims: [{ name: gpu, resourceClaimName: one }]`),
    'a runtime that shows all GPUs': podWith(CPU, `${TOLERATION}\nruntimeClassName: nvidia`),
    'a variable that shows all GPUs': podWith(
      CPU,
      `${TOLERATION}\ninitContainers: [{ name: look, image: 'a/b:1', env: [{ name: NVIDIA_VISIBLE_DEVICES, value: all }] }]`,
    ),
    'an image that looks at GPUs': podWith(CPU, TOLERATION).replace('/trainer:v1', '/dcgm:v1'),
    ...Object.fromEntries(
      ['kube-system', 'gpu-operator-resources', 'nvidia-tools', 'gke-managed', 'openshift-nfd'].map((namespace) => [
        `the cluster itself, in ${namespace}`,
        podWith(CPU, TOLERATION).replace('namespace: ml', `namespace: ${namespace}`),
      ]),
    ),
    'with a GPU': podWith('{ limits: { nvidia.com/gpu: 1 } }', TOLERATION),
    'everything is tolerated': podWith(CPU, 'tolerations: [{ operator: Exists }]'),
    'pinned to GPU nodes, which is another finding': podWith(
      CPU,
      `${TOLERATION}\nnodeSelector: { nvidia.com/gpu.product: NVIDIA-L4 }`,
    ),
    'the launcher of an MPIJob needs a place beside its workers': `
apiVersion: kubeflow.org/v2beta1
kind: MPIJob
metadata: { name: bench }
spec:
  mpiReplicaSpecs:
    Launcher:
      replicas: 1
      template: { spec: { tolerations: [{ key: nvidia.com/gpu, operator: Exists }], containers: [{ name: main, image: 'example.com/b:v1' }] } }
`,
    'the head of a RayJob needs a place beside its workers': `
apiVersion: ray.io/v1
kind: RayJob
metadata: { name: tune }
spec:
  rayClusterSpec:
    headGroupSpec:
      template: { spec: { tolerations: [{ key: nvidia.com/gpu, operator: Exists }], containers: [{ name: ray-head, image: 'example.com/r:v1' }] } }
    workerGroupSpecs:
    - groupName: gpu
      replicas: 2
      template: { spec: { containers: [{ name: ray-worker, image: 'example.com/r:v1', resources: { limits: { nvidia.com/gpu: 8 } } }] } }
`,
    'a run whose queue gives it to all pods': `
apiVersion: kubeflow.org/v1
kind: TFJob
metadata: { name: recommender, labels: { kueue.x-k8s.io/queue-name: batch } }
spec:
  tfReplicaSpecs:
    Chief:
      template: { spec: { tolerations: [{ key: nvidia.com/gpu, operator: Exists }], containers: [{ name: tensorflow, image: 'example.com/t:v1' }] } }
`,
    'a toleration that steps with GPUs share': `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: train- }
spec:
  entrypoint: main
  tolerations: [{ key: nvidia.com/gpu, operator: Exists }]
  templates:
  - { name: prepare, container: { image: 'example.com/p:v1' } }
  - { name: train, container: { image: 'example.com/t:v1', resources: { limits: { nvidia.com/gpu: 1 } } } }
`,
  },
};
