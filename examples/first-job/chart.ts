import { Chart, Duration, Size } from 'cdk8s';
import { Checkpoints, Gpu, GpuTrainingJob } from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

export class FirstJob extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    new GpuTrainingJob(this, 'bert', {
      run: 'v1',
      image: 'pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime',
      command: ['python', '/ckpt/code/finetune.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      gpu: Gpu.any(1),
      cpu: Cpu.units(8),
      memory: Size.gibibytes(16),
      checkpoints: Checkpoints.claim('checkpoint-pvc'),
      activeDeadline: Duration.hours(24),
    });
  }
}
