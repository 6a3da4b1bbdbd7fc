import { App, Chart, Cron, Duration, Size } from 'cdk8s';
import {
  Checkpoints,
  Dataset,
  DistributedTraining,
  Framework,
  Gpu,
  GpuTrainingJob,
  ModelServer,
  ModelSource,
  ModelStore,
  Queue,
  Replicas,
  Runtime,
  Scaling,
  ScheduledRetrain,
  TrainingRun,
} from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';

const image = 'registry.example.com/trainer:v1.0';
const checkpoints = Checkpoints.claim('fsx');
export const app = new App();
export const ml = new Chart(app, 'ml', { namespace: 'ml-training' });

// train
new GpuTrainingJob(ml, 'bert', {
  run: 'v3',
  image,
  command: ['python', 'finetune.py', '--output=$(MODEL_DIR)'],
  gpu: Gpu.h100(1),
  cpu: Cpu.units(8),
  memory: Size.gibibytes(64),
  dataset: Dataset.claim('dataset-pvc'),
  checkpoints,
  output: ModelStore.claim('models'),
  activeDeadline: Duration.hours(24),
});

// distributed
new DistributedTraining(ml, 'llm', {
  run: 'v3',
  framework: Framework.pytorch(),
  numNodes: 4,
  gpuPerNode: Gpu.h100(8),
  image,
  command: ['torchrun', 'train.py'],
  memory: Size.gibibytes(1500),
  queue: Queue.named('research'),
  checkpoints,
  activeDeadline: Duration.hours(72),
});

// retrain
new ScheduledRetrain(ml, 'weekly', {
  schedule: Cron.schedule({ minute: '0', hour: '4', weekDay: '0' }),
  timeZone: 'Europe/Zurich',
  job: TrainingRun.single({
    image,
    command: ['python', 'retrain.py'],
    gpu: Gpu.h100(2),
    memory: Size.gibibytes(128),
    checkpoints,
    output: ModelStore.claim('models'),
    activeDeadline: Duration.hours(12),
  }),
});

// serve
new ModelServer(ml, 'chat', {
  runtime: Runtime.vllm({ maxModelLen: 8192 }),
  model: ModelSource.claim('models', { path: 'chat' }),
  gpu: Gpu.l40s(1),
  memory: Size.gibibytes(48),
  loadTime: Duration.minutes(4),
  replicas: Replicas.between(2, 8),
  scaling: Scaling.inFlightRequests(10),
});

app.synth();
