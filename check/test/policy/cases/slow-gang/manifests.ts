/** A gang of two pods with two GPUs each, without anything that a rule of this group has to say of at warning or error. */
export const PYTORCH_JOB = `
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata: { name: train, namespace: ml }
spec:
  nprocPerNode: "2"
  runPolicy: { cleanPodPolicy: Running, activeDeadlineSeconds: 3600 }
  pytorchReplicaSpecs:
    Master:
      replicas: 1
      restartPolicy: OnFailure
      template:
        spec:
          nodeSelector: { topology.kubernetes.io/zone: eu-west-1a }
          containers:
          - name: pytorch
            image: registry.example.com/trainer:v1
            command: [torchrun, train.py]
            resources: { limits: { nvidia.com/gpu: 2, memory: 64Gi } }
            volumeMounts: [{ name: shm, mountPath: /dev/shm }]
          volumes: [{ name: shm, emptyDir: { medium: Memory, sizeLimit: 8Gi } }]
    Worker:
      replicas: 1
      restartPolicy: OnFailure
      template:
        spec:
          nodeSelector: { topology.kubernetes.io/zone: eu-west-1a }
          containers:
          - name: pytorch
            image: registry.example.com/trainer:v1
            command: [torchrun, train.py]
            resources: { limits: { nvidia.com/gpu: 2, memory: 64Gi } }
            volumeMounts: [{ name: shm, mountPath: /dev/shm }]
          volumes: [{ name: shm, emptyDir: { medium: Memory, sizeLimit: 8Gi } }]
`;

/** The template of the workers in it. */
export const WORKER = 'spec.pytorchReplicaSpecs.Worker.template.spec';
export const MASTER = 'spec.pytorchReplicaSpecs.Master.template.spec';

/** An Indexed Job of two pods with eight GPUs each, which call each other by name. */
export const INDEXED_JOB = `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml }
spec:
  completionMode: Indexed
  completions: 2
  parallelism: 2
  backoffLimit: 4
  activeDeadlineSeconds: 3600
  template:
    metadata: { labels: { app: train } }
    spec:
      restartPolicy: Never
      subdomain: workers
      nodeSelector: { topology.kubernetes.io/zone: eu-west-1a, node.kubernetes.io/instance-type: p4d.24xlarge }
      containers:
      - name: trainer
        image: registry.example.com/trainer:v1
        command: [torchrun, --nnodes=2, --nproc-per-node=8, --master-addr=train-0.workers, train.py]
        resources: { limits: { nvidia.com/gpu: 8, vpc.amazonaws.com/efa: 4, memory: 512Gi } }
        volumeMounts: [{ name: shm, mountPath: /dev/shm }]
      volumes: [{ name: shm, emptyDir: { medium: Memory, sizeLimit: 64Gi } }]
---
apiVersion: v1
kind: Service
metadata: { name: workers, namespace: ml }
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector: { app: train }
`;

/** The template of its pods. */
export const POD = 'spec.template.spec';

/** An MPIJob of two workers with four GPUs each. */
export const MPI_JOB = `
apiVersion: kubeflow.org/v2beta1
kind: MPIJob
metadata: { name: train, namespace: ml }
spec:
  slotsPerWorker: 4
  runPolicy: { cleanPodPolicy: Running, activeDeadlineSeconds: 3600 }
  mpiReplicaSpecs:
    Launcher:
      replicas: 1
      template:
        spec:
          containers:
          - name: launcher
            image: registry.example.com/trainer:v1
            command: [mpirun, -np, "8", python, train.py]
    Worker:
      replicas: 2
      template:
        spec:
          containers:
          - name: worker
            image: registry.example.com/trainer:v1
            resources: { limits: { nvidia.com/gpu: 4 } }
`;
