import { Chart, Duration, Size } from 'cdk8s';
import { Checkpoints, DistributedTraining, Framework, Gpu, Queue } from 'cdk8s-ml';
import type { Construct } from 'constructs';

/** Trains on four nodes with eight H100 each, when the queue has room, without any training operator. */
export class LlmPretraining extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    new DistributedTraining(this, 'llm', {
      run: 'v3',
      framework: Framework.pytorch(),
      numNodes: 4,
      gpuPerNode: Gpu.h100(8),
      image: 'pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime',
      command: ['torchrun', '/ckpt/code/train.py', '--checkpoints=$(CHECKPOINT_DIR)'],
      memory: Size.gibibytes(1500),
      queue: Queue.named('research'),
      checkpoints: Checkpoints.claim('fsx'),
      activeDeadline: Duration.hours(72),
    });
  }
}
