import { Chart, Cron, Duration, Size } from 'cdk8s';
import {
  AccessMode,
  Checkpoints,
  Claim,
  Dataset,
  DistributedTraining,
  Env,
  Fabric,
  Framework,
  Gpu,
  GpuNodePool,
  GpuTrainingJob,
  ModelStore,
  Queue,
  ScheduledRetrain,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import type { Construct } from 'constructs';

const image = 'pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime';
const labels = { team: 'nlp', 'cost-center': 'ml-research' };

/** What the language team trains: a fine-tune on one GPU, a weekly retrain, and runs on four and on eight nodes. */
export class MlTraining extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    const shared = { storageClassName: 'fsx-lustre', accessMode: AccessMode.READ_WRITE_MANY, labels };
    const datasets = new Claim(this, 'datasets', { ...shared, size: Size.gibibytes(2400) });
    const state = new Claim(this, 'checkpoints', { ...shared, size: Size.gibibytes(4800) });
    const models = new Claim(this, 'models', { ...shared, size: Size.gibibytes(1200) });

    const dataset = Dataset.on(datasets);
    const checkpoints = Checkpoints.on(state);
    const output = ModelStore.on(models);

    new GpuTrainingJob(this, 'bert-finetune', {
      run: 'v3',
      image,
      command: [
        'python',
        '/data/code/finetune.py',
        '--model=bert-base-uncased',
        '--output=$(MODEL_DIR)',
        '--checkpoints=$(CHECKPOINT_DIR)',
      ],
      env: { MLFLOW_TRACKING_TOKEN: Env.secret('mlflow', 'token') },
      labels,
      pool: GpuNodePool.fromProfile(this, 'l40s'),
      gpu: Gpu.l40s(1),
      priorityClassName: 'ml-train',
      dataset,
      checkpoints,
      output,
      failOnExitCodes: [2],
      activeDeadline: Duration.hours(24),
    });

    new ScheduledRetrain(this, 'weekly-retrain', {
      schedule: Cron.schedule({ minute: '0', hour: '4', weekDay: '0' }),
      timeZone: 'Europe/Zurich',
      job: TrainingRun.single({
        image,
        command: ['python', '/data/code/retrain.py', '--output=$(MODEL_DIR)', '--checkpoints=$(CHECKPOINT_DIR)'],
        labels,
        queue: Queue.named('production'),
        gpu: Gpu.h100(2),
        dataset,
        checkpoints,
        output,
        activeDeadline: Duration.hours(12),
      }),
    });

    new DistributedTraining(this, 'llm', {
      run: 'v7',
      framework: Framework.pytorch(),
      numNodes: 4,
      gpuPerNode: Gpu.h100(8),
      image,
      command: ['torchrun', '/data/code/pretrain.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      labels,
      pool: GpuNodePool.fromProfile(this, 'h100'),
      fabric: Fabric.efa(),
      queue: Queue.named('research'),
      dataset,
      checkpoints,
      output,
      activeDeadline: Duration.hours(72),
    });

    // Sixty-four GPUs: a process that fails starts all of them again, together.
    new DistributedTraining(this, 'foundation', {
      run: 'v1',
      backend: TrainingBackend.JOB_SET,
      framework: Framework.pytorch(),
      numNodes: 8,
      gpuPerNode: Gpu.h100(8),
      image,
      command: ['torchrun', '/data/code/pretrain.py', '--size=70b', '--checkpoints=$(CHECKPOINT_DIR)'],
      labels,
      pool: GpuNodePool.fromProfile(this, 'h100'),
      fabric: Fabric.efa(),
      queue: Queue.named('research'),
      dataset,
      checkpoints,
      output,
      backoffLimit: 5,
      activeDeadline: Duration.days(14),
    });
  }
}
