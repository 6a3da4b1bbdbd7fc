import { Severity } from '../../../../src/policy/finding';
import { sharedMemory } from '../../../../src/policy/rules/slow-gang/shared-memory';
import { sharedMemorySize } from '../../../../src/policy/rules/slow-gang/shared-memory-size';
import { uncachedObjectMount } from '../../../../src/policy/rules/slow-gang/uncached-object-mount';
import type { RuleCase } from '../../rule-case';
import { INDEXED_JOB, POD } from './manifests';

export const SHARED_MEMORY: RuleCase = {
  rule: sharedMemory,
  good: INDEXED_JOB,
  flips: [
    {
      change: { [`${POD}.containers[0].volumeMounts`]: undefined },
      at: `${POD}.containers[0].volumeMounts`,
      says: /has no memory at \/dev\/shm/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${POD}.volumes[0].emptyDir.medium`]: undefined },
      at: `${POD}.volumes[0].emptyDir.medium`,
      says: /has a disk at \/dev\/shm/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a single GPU': `
apiVersion: batch/v1
kind: Job
metadata: { name: train }
spec: { template: { spec: { containers: [{ name: main, image: 'a/b:1', resources: { limits: { nvidia.com/gpu: 1 } } }] } } }
`,
    'a part of a GPU, which is another finding': `
apiVersion: batch/v1
kind: Job
metadata: { name: train }
spec: { template: { spec: { containers: [{ name: main, image: 'a/b:1', resources: { limits: { nvidia.com/gpu: "0.5" } } }] } } }
`,
    'a look at the GPUs': `
apiVersion: v1
kind: Pod
metadata: { name: look }
spec:
  restartPolicy: Never
  containers: [{ name: main, image: 'a/b:1', command: [nvidia-smi], resources: { limits: { nvidia.com/gpu: 4 } } }]
`,
    'the memory of the node': INDEXED_JOB.replace('subdomain', 'hostIPC: true\n      subdomain').replace(
      /volumeMounts: .*/,
      '',
    ),
    'a directory of the node, which is another finding': INDEXED_JOB.replace(
      /emptyDir: .* \}/,
      'hostPath: { path: /dev/shm } }',
    ),
    'Ray mounts it by itself': `
apiVersion: ray.io/v1
kind: RayJob
metadata: { name: train }
spec:
  entrypoint: python train.py
  rayClusterSpec:
    headGroupSpec:
      template:
        spec: { containers: [{ name: head, image: 'a/b:1', resources: { limits: { nvidia.com/gpu: 4 } } }] }
`,
  },
};

export const SHARED_MEMORY_SIZE: RuleCase = {
  rule: sharedMemorySize,
  good: INDEXED_JOB,
  flips: [
    {
      change: { [`${POD}.volumes[0].emptyDir.sizeLimit`]: undefined },
      at: `${POD}.volumes[0].emptyDir.sizeLimit`,
      says: /has memory at \/dev\/shm without a sizeLimit/,
      severity: Severity.WARNING,
      facts: ['ML-DIST-003'],
    },
    {
      change: { [`${POD}.volumes[0].emptyDir.sizeLimit`]: '512Gi' },
      at: `${POD}.volumes[0].emptyDir.sizeLimit`,
      says: /lets \/dev\/shm grow to 512Gi, and the container may use 512Gi/,
      severity: Severity.WARNING,
      facts: ['ML-DIST-003'],
    },
    {
      change: { [`${POD}.volumes[0].emptyDir.sizeLimit`]: '513Gi' },
      at: `${POD}.volumes[0].emptyDir.sizeLimit`,
      says: /lets \/dev\/shm grow to 513Gi, and the container may use 512Gi/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a container without a memory limit': INDEXED_JOB.replace(', memory: 512Gi', ''),
    'memory mounted elsewhere': INDEXED_JOB.replace('/dev/shm', '/scratch').replace(', sizeLimit: 64Gi', ''),
  },
};

const BUCKET = `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml }
spec:
  activeDeadlineSeconds: 3600
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: main
        image: registry.example.com/trainer:v1
        resources: { limits: { nvidia.com/gpu: 1 } }
        volumeMounts: [{ name: dataset, mountPath: /data, readOnly: true }]
      volumes:
      - name: dataset
        csi:
          driver: gcsfuse.csi.storage.gke.io
          readOnly: true
          volumeAttributes: { bucketName: images, fileCacheCapacity: 500Gi }
`;

export const UNCACHED_OBJECT_MOUNT: RuleCase = {
  rule: uncachedObjectMount,
  good: BUCKET,
  flips: [
    {
      change: { [`${POD}.volumes[0].csi.volumeAttributes.fileCacheCapacity`]: undefined },
      at: `${POD}.volumes[0].csi.volumeAttributes`,
      says: /mounts the bucket of volume dataset without a cache/,
      severity: Severity.INFO,
    },
    {
      change: {
        [`${POD}.volumes[0].csi.volumeAttributes.fileCacheCapacity`]: undefined,
        [`${POD}.volumes[0].name`]: 'bucket',
        [`${POD}.containers[0].volumeMounts`]: [{ name: 'bucket', mountPath: '/training-data' }],
      },
      at: `${POD}.volumes[0].csi.volumeAttributes`,
      says: /mounts the bucket of volume bucket without a cache/,
      severity: Severity.INFO,
    },
  ],
  silent: {
    'a bucket for what comes out': BUCKET.replaceAll('dataset', 'models')
      .replace('/data', '/models')
      .replace(', fileCacheCapacity: 500Gi', ''),
    'a cache by mount option': BUCKET.replace(
      'fileCacheCapacity: 500Gi',
      'mountOptions: "implicit-dirs,file-cache:max-size-mb:-1"',
    ),
  },
};
