import { Chart, Duration } from 'cdk8s';
import {
  CapacityType,
  Checkpoints,
  ClusterProfile,
  Component,
  DistributedTraining,
  Egress,
  Fabric,
  Framework,
  Gpu,
  GpuModel,
  GpuNodePool,
  Preflight,
  Provider,
  Queue,
  TrainingBackend,
} from 'cdk8s-ml';
import type { Construct } from 'constructs';

/** Trains on spot nodes that are looked at before they train, and may reach its bucket and nothing else. */
export class SpotPretraining extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });
    const pools = {
      spot: { gpu: GpuModel.H100, instanceType: 'p5.48xlarge', capacityType: CapacityType.SPOT, maxNodes: 4 },
    };
    const components = [Component.JOBSET, Component.KUEUE];
    ClusterProfile.attach(this, new ClusterProfile({ name: 'spot', provider: Provider.AWS, components, pools }));

    new DistributedTraining(this, 'llm', {
      run: 'v1',
      backend: TrainingBackend.JOB_SET,
      framework: Framework.pytorch(),
      numNodes: 4,
      gpuPerNode: Gpu.h100(8),
      pool: GpuNodePool.fromProfile(this, 'spot'),
      queue: Queue.named('research'),
      fabric: Fabric.efa(),
      image: 'pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime',
      command: ['torchrun', '/ckpt/code/train.py', '--save-every=$(CHECKPOINT_INTERVAL_SECONDS)'],
      checkpoints: Checkpoints.claim('fsx', { saveTime: Duration.seconds(70), saveInterval: Duration.minutes(15) }),
      preflight: Preflight.rendezvous(),
      failOnExitCodes: [Preflight.NO_DEVICES_EXIT_CODE],
      egress: [Egress.cidr('10.20.0.0/16', { ports: [443] })],
      activeDeadline: Duration.hours(48),
    });
  }
}
