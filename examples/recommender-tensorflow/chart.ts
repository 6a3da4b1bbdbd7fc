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

/** Trains a recommender whose embeddings live on parameter servers without GPUs, as a TFJob of the Kubeflow Training Operator. */
export class RecommenderTensorflow extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });
    const components = [Component.TRAINING_OPERATOR];
    ClusterProfile.attach(
      this,
      new ClusterProfile({ name: 'lab', components, trainingBackend: TrainingBackend.TF_JOB }),
    );

    const chief = { cpu: Cpu.units(4), memory: Size.gibibytes(16) };
    const parameterServers = { replicas: 2, cpu: Cpu.units(8), memory: Size.gibibytes(64) };
    new DistributedTraining(this, 'recommender', {
      run: 'v1',
      framework: Framework.tensorflow({ chief, parameterServers }),
      numNodes: 4,
      gpuPerNode: Gpu.any(1),
      image: 'tensorflow/tensorflow:2.20.0-gpu',
      command: ['python', '/data/train.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      cpu: Cpu.units(8),
      memory: Size.gibibytes(32),
      dataset: Dataset.claim('dataset-pvc'),
      checkpoints: Checkpoints.claim('checkpoint-pvc'),
      activeDeadline: Duration.hours(12),
    });
  }
}
