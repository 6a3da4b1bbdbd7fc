import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import type {
  ClusterProfileProps,
  Diagnostic,
  GpuPoolProps,
  PriorityClassSpec,
  QueueSpec,
  StorageClassSpec,
  Taint,
  Toleration,
} from '../../src';
import {
  AccessMode,
  CapacityType,
  Component,
  Delivery,
  GangScheduler,
  DiagnosticError,
  GpuModel,
  GpuSharing,
  KubernetesVersion,
  Provider,
  Provisioner,
  ServingBackend,
  Stage,
  TaintEffect,
  TrainingBackend,
} from '../../src';

// Everything that can be said, with values that differ from the defaults and from each other.

export const taint: Required<Taint> = { key: 'example.com/gpu', value: 'h100', effect: TaintEffect.NO_EXECUTE };

export const toleration: Required<Toleration> = {
  key: 'example.com/queue',
  value: 'research',
  effect: TaintEffect.PREFER_NO_SCHEDULE,
};

export const pool: Required<GpuPoolProps> = {
  gpu: GpuModel.H100,
  instanceType: 'p5.48xlarge',
  gpusPerNode: 8,
  nodeCpu: Cpu.millis(191450),
  nodeMemory: Size.gibibytes(1900),
  provisioner: Provisioner.KARPENTER,
  capacityType: CapacityType.SPOT,
  nodeSelector: { 'example.com/pool': 'h100', 'example.com/arch': 'x86' },
  taints: [taint],
  minNodes: 2,
  maxNodes: 16,
  terminationGracePeriod: Duration.seconds(96 * 3600),
  sharing: GpuSharing.migSingle('1g.10gb'),
};

export const queue: Required<QueueSpec> = {
  name: 'research',
  namespaces: ['ml-training', 'ml-research'],
  pools: ['h100', 'l4'],
  tolerations: [toleration],
  topology: ['example.com/block', 'example.com/rack', 'kubernetes.io/hostname'],
  coveredResources: ['cpu', 'memory', 'nvidia.com/gpu'],
};

export const priorityClass: Required<PriorityClassSpec> = { name: 'ml-train', value: 10000, preempts: false };

export const storageClass: Required<StorageClassSpec> = {
  name: 'fsx-lustre',
  accessModes: [AccessMode.READ_WRITE_MANY, AccessMode.READ_ONLY_MANY],
  retains: true,
};

export const everything: Required<ClusterProfileProps> = {
  name: 'eks-prod',
  kubernetes: KubernetesVersion.V1_35,
  provider: Provider.AWS,
  stage: Stage.PRODUCTION,
  delivery: Delivery.CREATE_ONCE,
  components: [Component.KUEUE, Component.TRAINING_OPERATOR],
  kueueFrameworks: ['batch/job', 'kubeflow.org/pytorchjob'],
  kueueWaitForPodsReady: Duration.minutes(45),
  trainingBackend: TrainingBackend.PYTORCH_JOB,
  gangScheduler: { scheduler: GangScheduler.KAI, schedulerName: 'kai', queue: 'research' },
  servingBackend: ServingBackend.DEPLOYMENT,
  pools: {
    l4: { gpu: GpuModel.L4, gpusPerNode: 4, sharing: GpuSharing.timeSliced({ replicas: 3, renamed: true }) },
    h100: pool,
  },
  queues: [queue],
  topologyLevels: { block: 'example.com/block', rack: 'example.com/rack' },
  priorityClasses: [priorityClass, { name: 'system-node-critical', value: 2000001000 }],
  storageClasses: [storageClass],
};

/** What a call was refused for; fails when it passes, or throws anything else. */
export function refusals(call: () => unknown): readonly Diagnostic[] {
  try {
    call();
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** `CLU006 queues[0].name` of every refusal. */
export function refused(call: () => unknown): string[] {
  return refusals(call).map(({ id, property }) => (property === undefined ? id : `${id} ${property}`));
}
