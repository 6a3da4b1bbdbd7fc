import { Chart, Cron, Duration, Size } from 'cdk8s';
import {
  Checkpoints,
  ClusterProfile,
  Component,
  Framework,
  Gpu,
  Provider,
  ScheduledRetrain,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** Retrains on two nodes every night as a JobSet, which a CronWorkflow of Argo makes and waits for. */
export class NightlyJobSet extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-nightly' });
    const components = [Component.JOBSET, Component.ARGO_WORKFLOWS];
    ClusterProfile.attach(this, new ClusterProfile({ name: 'lab', provider: Provider.AWS, components }));

    new ScheduledRetrain(this, 'nightly', {
      schedule: Cron.schedule({ minute: '0', hour: '4' }),
      job: TrainingRun.distributed({
        backend: TrainingBackend.JOB_SET,
        framework: Framework.pytorch(),
        numNodes: 2,
        gpuPerNode: Gpu.any(4),
        image: 'pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime',
        command: ['torchrun', '/ckpt/code/retrain.py', '--checkpoints=$(CHECKPOINT_DIR)'],
        cpu: Cpu.units(32),
        memory: Size.gibibytes(256),
        checkpoints: Checkpoints.claim('checkpoint-pvc'),
        activeDeadline: Duration.hours(7),
      }),
    });
  }
}
