import { Chart, Duration, Size } from 'cdk8s';
import { Checkpoints, ClusterProfile, Component, DistributedTraining, Framework, Gpu, Provider, Queue } from 'cdk8s-ml';
import type { Construct } from 'constructs';

/**
 * Trains on four to eight nodes, as many as the queue has quota for and as stay; the program makes `COMPLETION_MARKER` when its model is
 * saved.
 */
export class ElasticPretraining extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });
    const components = [Component.KUEUE];
    ClusterProfile.attach(this, new ClusterProfile({ name: 'h100', provider: Provider.AWS, components }));

    new DistributedTraining(this, 'llm', {
      run: 'v5',
      framework: Framework.pytorch(),
      numNodes: 8,
      elastic: { minNodes: 4 },
      gpuPerNode: Gpu.h100(8),
      parallelism: { tensor: 8 },
      image: 'pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime',
      command: ['torchrun', '/ckpt/code/train.py', '--tensor-parallel=$(TENSOR_PARALLEL_SIZE)'],
      memory: Size.gibibytes(1500),
      queue: Queue.named('research'),
      checkpoints: Checkpoints.claim('fsx'),
      activeDeadline: Duration.hours(72),
    });
  }
}
