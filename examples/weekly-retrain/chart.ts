import { Chart, Cron, Duration, Size } from 'cdk8s';
import { Checkpoints, Dataset, Gpu, ModelStore, ScheduledRetrain, TrainingRun } from 'cdk8s-ml';
import type { Construct } from 'constructs';

/** Retrains every Sunday at four in the morning, an hour that no change of the clocks touches. */
export class WeeklyRetrain extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    new ScheduledRetrain(this, 'weekly-retrain', {
      schedule: Cron.schedule({ minute: '0', hour: '4', weekDay: '0' }),
      timeZone: 'Europe/Zurich',
      job: TrainingRun.single({
        image: 'pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime',
        command: ['python', '/data/retrain.py', '--checkpoints=$(CHECKPOINT_DIR)', '--output=$(MODEL_DIR)'],
        gpu: Gpu.h100(2),
        memory: Size.gibibytes(32),
        dataset: Dataset.claim('dataset-pvc'),
        checkpoints: Checkpoints.claim('checkpoint-pvc'),
        output: ModelStore.claim('model-pvc'),
        activeDeadline: Duration.hours(12),
      }),
    });
  }
}
