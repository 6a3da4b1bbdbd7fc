import { Chart, Duration, Size } from 'cdk8s';
import {
  Checkpoints,
  ClusterProfile,
  Component,
  Dataset,
  DistributedTraining,
  Framework,
  Gpu,
  TrainingBackend,
} from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** Trains BERT on four nodes with four GPUs each, as a PyTorchJob of the Kubeflow Training Operator. */
export class DistributedBert extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });
    const components = [Component.TRAINING_OPERATOR];
    ClusterProfile.attach(
      this,
      new ClusterProfile({ name: 'lab', components, trainingBackend: TrainingBackend.PYTORCH_JOB }),
    );

    new DistributedTraining(this, 'distributed-bert', {
      run: 'v1',
      framework: Framework.pytorch(),
      numNodes: 4,
      gpuPerNode: Gpu.any(4),
      image: 'pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime',
      command: ['torchrun', '/data/train.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      cpu: Cpu.units(32),
      memory: Size.gibibytes(256),
      dataset: Dataset.claim('dataset-pvc'),
      checkpoints: Checkpoints.claim('checkpoint-pvc'),
      activeDeadline: Duration.hours(24),
    });
  }
}
