import { Chart, Duration, Size } from 'cdk8s';
import {
  Checkpoints,
  ClusterProfile,
  Component,
  DistributedTraining,
  Framework,
  Gpu,
  Queue,
  TrainingBackend,
} from 'cdk8s-ml';
import type { Construct } from 'constructs';

/** Trains on eight nodes with eight H100 each as a JobSet, which starts all of them again when one fails. */
export class JobSetPretraining extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });
    const components = [Component.JOBSET, Component.KUEUE];
    ClusterProfile.attach(
      this,
      new ClusterProfile({ name: 'h100', components, trainingBackend: TrainingBackend.JOB_SET }),
    );

    new DistributedTraining(this, 'llm', {
      run: 'v4',
      framework: Framework.pytorch(),
      numNodes: 8,
      gpuPerNode: Gpu.h100(8),
      image: 'pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime',
      command: ['torchrun', '/ckpt/code/train.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      memory: Size.gibibytes(1500),
      queue: Queue.named('research'),
      checkpoints: Checkpoints.claim('fsx'),
      activeDeadline: Duration.hours(72),
    });
  }
}
