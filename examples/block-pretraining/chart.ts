import { Chart, Duration, Size } from 'cdk8s';
import {
  Checkpoints,
  ClusterProfile,
  Component,
  DistributedTraining,
  Framework,
  Gpu,
  Provider,
  Queue,
  TaintEffect,
  Topology,
  TrainingBackend,
} from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** Trains on sixteen nodes of one block of GKE. Kueue starts all of them or none. */
export class BlockPretraining extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });
    ClusterProfile.attach(this, GKE);

    new DistributedTraining(this, 'llm', {
      run: 'v1',
      framework: Framework.pytorch(),
      numNodes: 16,
      gpuPerNode: Gpu.h100(8),
      topology: Topology.required('block'),
      queue: Queue.named('research'),
      image: 'pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime',
      command: ['torchrun', '/ckpt/code/train.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      cpu: Cpu.units(180),
      memory: Size.gibibytes(1500),
      checkpoints: Checkpoints.claim('lustre'),
      activeDeadline: Duration.hours(72),
    });
  }
}

const GKE = new ClusterProfile({
  name: 'gke-prod',
  provider: Provider.GCP,
  components: [Component.JOBSET, Component.KUEUE],
  trainingBackend: TrainingBackend.JOB_SET,
  queues: [
    {
      name: 'research',
      tolerations: [{ key: 'nvidia.com/gpu', effect: TaintEffect.NO_SCHEDULE }],
      topology: [
        'cloud.google.com/gce-topology-block',
        'cloud.google.com/gce-topology-subblock',
        'kubernetes.io/hostname',
      ],
      coveredResources: ['nvidia.com/gpu', 'cpu', 'memory'],
    },
  ],
});
