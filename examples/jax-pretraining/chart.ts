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

/** Trains with JAX on four nodes with eight GPUs each, one process on each node, as a JAXJob of the Kubeflow Training Operator. */
export class JaxPretraining extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });
    const components = [Component.TRAINING_OPERATOR];
    ClusterProfile.attach(this, new ClusterProfile({ name: 'lab', provider: Provider.AWS, components }));

    new DistributedTraining(this, 'jax-pretraining', {
      run: 'v1',
      framework: Framework.jax(),
      backend: TrainingBackend.JAX_JOB,
      numNodes: 4,
      gpuPerNode: Gpu.h100(8),
      image: 'nvcr.io/nvidia/jax:25.10-py3',
      command: ['python', '/data/train.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      cpu: Cpu.units(90),
      memory: Size.gibibytes(900),
      dataset: Dataset.claim('dataset-pvc'),
      checkpoints: Checkpoints.claim('checkpoint-pvc'),
      activeDeadline: Duration.hours(72),
    });
  }
}
