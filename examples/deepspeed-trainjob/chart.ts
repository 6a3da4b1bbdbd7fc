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

/** Trains with DeepSpeed on four nodes with eight H100 each, started by `mpirun` as a TrainJob of the Kubeflow Trainer. */
export class DeepSpeedTrainJob extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });
    const components = [Component.TRAINER, Component.KUEUE];
    ClusterProfile.attach(
      this,
      new ClusterProfile({ name: 'h100', components, trainingBackend: TrainingBackend.TRAIN_JOB }),
    );

    new DistributedTraining(this, 'pretrain', {
      run: 'v1',
      framework: Framework.deepspeed(),
      numNodes: 4,
      gpuPerNode: Gpu.h100(8),
      image: 'ghcr.io/kubeflow/trainer/deepspeed-runtime:v2.3.0',
      command: ['mpirun', 'python', '/ckpt/code/pretrain.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      memory: Size.gibibytes(1500),
      queue: Queue.named('research'),
      checkpoints: Checkpoints.claim('fsx', { saveInterval: Duration.minutes(30) }),
      activeDeadline: Duration.hours(20),
    });
  }
}
