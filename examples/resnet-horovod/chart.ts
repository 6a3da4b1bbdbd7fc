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

/** Trains ResNet-50 with Horovod on two nodes with eight GPUs each, as an MPIJob of the Kubeflow MPI Operator. */
export class ResnetHorovod extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });
    const components = [Component.MPI_OPERATOR];
    ClusterProfile.attach(
      this,
      new ClusterProfile({ name: 'lab', provider: Provider.AWS, components, trainingBackend: TrainingBackend.MPI_JOB }),
    );

    new DistributedTraining(this, 'resnet', {
      run: 'v1',
      framework: Framework.horovod(),
      numNodes: 2,
      gpuPerNode: Gpu.any(8),
      image: 'registry.example.com/horovod:0.28.1-mpi-operator',
      command: ['mpirun', '-bind-to', 'none', 'python', '/data/train.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      cpu: Cpu.units(64),
      memory: Size.gibibytes(512),
      dataset: Dataset.claim('dataset-pvc'),
      checkpoints: Checkpoints.claim('checkpoint-pvc'),
      activeDeadline: Duration.hours(24),
    });
  }
}
