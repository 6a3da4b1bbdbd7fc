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

/** Fine-tunes on two nodes with eight H100 each as a TrainJob of the Kubeflow Trainer, with a runtime of its own. */
export class TrainJobFinetune extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });
    const components = [Component.TRAINER, Component.KUEUE];
    ClusterProfile.attach(
      this,
      new ClusterProfile({ name: 'h100', components, trainingBackend: TrainingBackend.TRAIN_JOB }),
    );

    new DistributedTraining(this, 'finetune', {
      run: 'v1',
      framework: Framework.pytorch(),
      numNodes: 2,
      gpuPerNode: Gpu.h100(8),
      image: 'pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime',
      command: ['torchrun', '/ckpt/code/finetune.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      memory: Size.gibibytes(1500),
      queue: Queue.named('research'),
      checkpoints: Checkpoints.claim('fsx'),
      activeDeadline: Duration.hours(20),
    });
  }
}
