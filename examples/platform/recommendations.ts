import { Chart, Duration, Size } from 'cdk8s';
import {
  AccessMode,
  Checkpoints,
  Claim,
  Dataset,
  DistributedTraining,
  Framework,
  Gpu,
  GpuNodePool,
  Queue,
  TrainingBackend,
} from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

const labels = { team: 'recommendations', 'cost-center': 'shop' };

/** What the recommendations team trains: embeddings on parameter servers, and trees on nodes without GPUs. */
export class RecommendationsTraining extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    const shared = { storageClassName: 'fsx-lustre', accessMode: AccessMode.READ_WRITE_MANY, labels };
    const dataset = Dataset.on(new Claim(this, 'events', { ...shared, size: Size.gibibytes(2400) }));
    const checkpoints = Checkpoints.on(new Claim(this, 'shop-checkpoints', { ...shared, size: Size.gibibytes(1200) }));

    const chief = { cpu: Cpu.units(4), memory: Size.gibibytes(16) };
    const parameterServers = { replicas: 2, cpu: Cpu.units(8), memory: Size.gibibytes(64) };
    new DistributedTraining(this, 'recommender', {
      run: 'v9',
      backend: TrainingBackend.TF_JOB,
      framework: Framework.tensorflow({ chief, parameterServers }),
      numNodes: 4,
      gpuPerNode: Gpu.l40s(1),
      image: 'tensorflow/tensorflow:2.20.0-gpu',
      command: ['python', '/data/code/recommend.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      labels,
      pool: GpuNodePool.fromProfile(this, 'l40s'),
      queue: Queue.named('batch'),
      dataset,
      checkpoints,
      activeDeadline: Duration.hours(12),
    });

    new DistributedTraining(this, 'churn', {
      run: 'v2',
      backend: TrainingBackend.XGBOOST_JOB,
      framework: Framework.xgboost({ startTimeout: Duration.minutes(30) }),
      numNodes: 4,
      image: 'registry.example.com/xgboost:3.2.0',
      command: ['python3', '/data/code/churn.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      labels,
      cpu: Cpu.units(14),
      memory: Size.gibibytes(56),
      dataset,
      checkpoints,
      activeDeadline: Duration.hours(6),
    });
  }
}
