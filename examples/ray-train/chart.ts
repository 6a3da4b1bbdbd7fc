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

/** Trains with Ray Train on two nodes with eight GPUs each, as a RayJob of KubeRay. */
export class RayTrain extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });
    const components = [Component.KUBERAY];
    ClusterProfile.attach(
      this,
      new ClusterProfile({ name: 'lab', provider: Provider.AWS, components, trainingBackend: TrainingBackend.RAY_JOB }),
    );

    new DistributedTraining(this, 'ranker', {
      run: 'v1',
      framework: Framework.ray(),
      numNodes: 2,
      gpuPerNode: Gpu.any(8),
      image: 'registry.example.com/ranker-ray:2.52.0',
      command: ['python3', 'train.py', '--storage-path=$(CHECKPOINT_DIR)'],
      cpu: Cpu.units(64),
      memory: Size.gibibytes(512),
      dataset: Dataset.claim('dataset-pvc'),
      checkpoints: Checkpoints.claim('checkpoint-pvc'),
      activeDeadline: Duration.hours(24),
    });
  }
}
