import { Chart, Duration, Size } from 'cdk8s';
import {
  Checkpoints,
  ClusterProfile,
  Component,
  Dataset,
  DistributedTraining,
  Framework,
  Gpu,
  Provider,
  TrainingBackend,
} from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** Pretrains on four nodes with eight GPUs each, which Volcano starts together or not at all. */
export class VolcanoPretraining extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });
    const components = [Component.VOLCANO];
    const trainingBackend = TrainingBackend.VOLCANO_JOB;
    ClusterProfile.attach(
      this,
      new ClusterProfile({ name: 'lab', provider: Provider.AZURE, components, trainingBackend }),
    );

    new DistributedTraining(this, 'encoder', {
      run: 'v1',
      framework: Framework.pytorch(),
      numNodes: 4,
      gpuPerNode: Gpu.any(8),
      volcanoQueue: 'research',
      image: 'registry.example.com/encoder:v4',
      command: ['torchrun', '/app/train.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      cpu: Cpu.units(64),
      memory: Size.gibibytes(512),
      dataset: Dataset.claim('dataset-pvc'),
      checkpoints: Checkpoints.claim('checkpoint-pvc'),
      activeDeadline: Duration.hours(36),
    });
  }
}
