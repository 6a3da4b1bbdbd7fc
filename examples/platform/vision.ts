import { Chart, Duration, Size } from 'cdk8s';
import {
  AccessMode,
  Acknowledge,
  Checkpoints,
  Claim,
  Dataset,
  DistributedTraining,
  Fabric,
  Framework,
  Gpu,
  GpuNodePool,
  GpuTrainingJob,
  ModelStore,
  Queue,
  TrainingBackend,
} from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

const labels = { team: 'vision', 'cost-center': 'ml-research' };

/** What the vision team trains: a segmentation model on the eight GPUs of one node, and with Horovod what it has had for years. */
export class VisionTraining extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    const shared = { storageClassName: 'fsx-lustre', accessMode: AccessMode.READ_WRITE_MANY, labels };
    const dataset = Dataset.on(new Claim(this, 'images', { ...shared, size: Size.gibibytes(7200) }));
    const checkpoints = Checkpoints.on(
      new Claim(this, 'vision-checkpoints', { ...shared, size: Size.gibibytes(1200) }),
    );
    const output = ModelStore.on(new Claim(this, 'vision-models', { ...shared, size: Size.gibibytes(1200) }));

    new GpuTrainingJob(this, 'segmentation', {
      run: 'v4',
      image: 'pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime',
      command: ['torchrun', '--standalone', '--nproc-per-node=8', '/data/code/segment.py', '--output=$(MODEL_DIR)'],
      labels,
      pool: GpuNodePool.fromProfile(this, 'h100'),
      queue: Queue.named('research'),
      gpu: Gpu.h100(8),
      dataset,
      checkpoints,
      output,
      activeDeadline: Duration.hours(48),
    });

    Acknowledge.of(this).add('TRN061', 'The training operator runs without MPIJob (--enable-scheme).');
    new DistributedTraining(this, 'resnet', {
      run: 'v12',
      backend: TrainingBackend.MPI_JOB,
      framework: Framework.horovod({ launcher: { cpu: Cpu.units(1), memory: Size.gibibytes(2) } }),
      numNodes: 2,
      gpuPerNode: Gpu.l40s(4),
      image: 'registry.example.com/horovod:0.28.1-mpi-operator',
      command: ['mpirun', '-bind-to', 'none', 'python', '/data/code/resnet.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      labels,
      pool: GpuNodePool.fromProfile(this, 'l40s'),
      fabric: Fabric.efa(),
      queue: Queue.named('batch'),
      dataset,
      checkpoints,
      output,
      activeDeadline: Duration.hours(24),
    });
  }
}
