import { Chart, Duration, Size } from 'cdk8s';
import {
  Checkpoints,
  ClusterProfile,
  Component,
  Dataset,
  DistributedTraining,
  Framework,
  TrainingBackend,
} from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** Trains XGBoost on four CPU nodes, as an XGBoostJob of the Kubeflow Training Operator. */
export class XgboostTabular extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });
    const components = [Component.TRAINING_OPERATOR];
    ClusterProfile.attach(this, new ClusterProfile({ name: 'lab', components }));

    new DistributedTraining(this, 'xgboost-tabular', {
      run: 'v1',
      framework: Framework.xgboost({ startTimeout: Duration.hours(1) }),
      backend: TrainingBackend.XGBOOST_JOB,
      numNodes: 4,
      image: 'registry.example.com/xgboost:3.2.0',
      command: ['python3', '/data/train.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      cpu: Cpu.units(30),
      memory: Size.gibibytes(120),
      dataset: Dataset.claim('dataset-pvc'),
      checkpoints: Checkpoints.claim('checkpoint-pvc'),
      activeDeadline: Duration.hours(6),
    });
  }
}
