import { Chart, Duration, Size } from 'cdk8s';
import { Checkpoints, Dataset, Gpu, GpuTrainingJob, ModelStore } from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** Fine-tunes BERT on one GPU, with data, checkpoints and the finished model on claims that exist. */
export class BertFinetune extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    new GpuTrainingJob(this, 'bert-finetune', {
      run: 'v1',
      image: 'pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime',
      command: [
        'python',
        '/data/finetune.py',
        '--model=bert-base-uncased',
        '--epochs=10',
        '--output=$(MODEL_DIR)',
        '--checkpoints=$(CHECKPOINT_DIR)',
      ],
      gpu: Gpu.any(1),
      cpu: Cpu.units(8),
      memory: Size.gibibytes(16),
      dataset: Dataset.claim('dataset-pvc'),
      checkpoints: Checkpoints.claim('checkpoint-pvc'),
      output: ModelStore.claim('model-pvc'),
      activeDeadline: Duration.hours(24),
    });
  }
}
