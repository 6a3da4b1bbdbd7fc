/** Constructs for machine learning on Kubernetes: training, GPUs, data, serving. */
export { Acknowledge } from './core/acknowledge';
export { DiagnosticError, Level } from './core/diagnostics';
export type { Diagnostic } from './core/diagnostics';
export { GpuSharing } from './cluster/gpu-sharing';
export type { TimeSlicingOptions } from './cluster/gpu-sharing';
export type { GpuPoolProps, IGpuPool, PoolPlacement } from './cluster/gpu-pool';
export { ClusterProfile } from './cluster/profile';
export type { ClusterProfileProps, StorageClassSpec } from './cluster/profile-props';
export type { GangSchedulerSpec, PriorityClassSpec, QueueSpec } from './cluster/scheduling-specs';
export * from './cluster/queue';
export * from './cluster/settings';
export { GpuNodePool } from './compute/gpu-node-pool';
export type { GpuNodePoolProps } from './compute/gpu-node-pool';
export { DisruptionBudget, DisruptionReason } from './compute/karpenter/disruption-budget';
export type { DisruptionBudgetOptions } from './compute/karpenter/disruption-budget';
export { Architecture, ConsolidationPolicy } from './compute/karpenter/karpenter-options';
export type { KarpenterOptions } from './compute/karpenter/karpenter-options';
export { NodeClass } from './compute/karpenter/node-class';
export type { NodeClassKind } from './compute/karpenter/node-class';
export { NodeRequirement } from './compute/karpenter/node-requirement';
export { NodeTimer } from './compute/karpenter/node-timer';
export { ProfileConfigMap } from './compute/profile-config-map';
export type { ProfileConfigMapProps } from './compute/profile-config-map';
export { Env } from './kinds/env';
export { Gpu, GpuModel } from './kinds/gpu';
export { Schedule } from './kinds/schedule';
export type { ISchedule } from './kinds/schedule';
export { TaintEffect } from './kinds/toleration';
export type { Taint, Toleration } from './kinds/toleration';
export { KubernetesVersion } from './kinds/version';
export { Affinity } from './render/affinity';
export { ImagePullPolicy } from './render/pod-props';
export type {
  ContainerBaseProps,
  ContainerProps,
  ExtraContainerProps,
  PodBaseProps,
  PodProps,
} from './render/pod-props';
export { SecurityProfile } from './render/security-profile';
export { SharedMemory } from './render/shared-memory';
export { Volume } from './render/volume';
export type {
  EphemeralClaimOptions,
  MountOptions,
  ProjectedVolumeOptions,
  ScratchVolumeOptions,
} from './render/volume';
export { ModelServer } from './serving/model-server';
export type { ModelServerProps } from './serving/model-server-props';
export { ModelSource } from './serving/model-source';
export type { HuggingFaceOptions, ModelClaimOptions } from './serving/model-source';
export type { ProbeOptions } from './serving/probes';
export { Replicas } from './serving/replicas';
export { Rollout } from './serving/rollout';
export { Runtime } from './serving/runtime';
export type { CustomRuntimeOptions } from './serving/runtimes/custom';
export type { TritonOptions } from './serving/runtimes/triton';
export type { VllmOptions } from './serving/runtimes/vllm';
export { Scaling } from './serving/scaling';
export type { ExternalMetricOptions, ScalingBehavior, ScalingRule } from './serving/scaling';
export { Checkpoints } from './storage/checkpoints';
export type { CheckpointOptions, EphemeralCheckpointOptions } from './storage/checkpoints';
export { Claim } from './storage/claim';
export type { ClaimProps, IClaim } from './storage/claim';
export { Dataset } from './storage/dataset';
export { ModelStore } from './storage/model-store';
export type { ClaimMountOptions } from './storage/mounted-claim';
export type { DeclaredRunProps } from './training/declared-run';
export { GpuTrainingJob } from './training/gpu-training-job';
export type { GpuTrainingJobProps, SingleRunProps } from './training/gpu-training-job';
export type { TrainingProps } from './training/training-props';
export { DistributedTraining } from './training/distributed-training';
export type { DistributedTrainingProps } from './training/distributed-training';
export { RestartScope } from './training/backends/backend-row';
export { Egress } from './training/network/egress';
export type { CidrEgressOptions, PodEgressOptions } from './training/network/egress';
export { FaultModel } from './training/faults/fault-model';
export type { FaultOptions } from './training/faults/fault-model';
export { Fabric } from './training/fabric/fabric';
export type { EfaOptions, GpuDirectRdmaOptions, InfinibandOptions, RoceOptions } from './training/fabric/fabric';
export { Framework } from './training/frameworks/framework';
export { Topology } from './training/place/topology';
export type { XgboostOptions } from './training/frameworks/framework';
export type { Elastic } from './training/frameworks/elastic';
export type { Parallelism } from './training/frameworks/parallelism';
export { MpiImplementation } from './training/frameworks/mpi-options';
export type { MpiOptions } from './training/frameworks/mpi-options';
export type { RayHeadProps, RayOptions } from './training/frameworks/ray-options';
export type { ReplicatedRoleProps, RoleProps } from './training/frameworks/role-props';
export { TensorflowSuccess } from './training/frameworks/tensorflow-options';
export type { TensorflowOptions } from './training/frameworks/tensorflow-options';
export type { DistributedRunProps } from './training/gang-props';
export { ConcurrencyPolicy } from './training/schedule/concurrency-policy';
export { ScheduledRetrain } from './training/schedule/scheduled-retrain';
export type { ScheduledRetrainProps } from './training/schedule/scheduled-retrain';
export type { LauncherProps } from './training/schedule/launcher';
export { Preflight } from './training/preflight/preflight';
export type { BandwidthOptions, RendezvousOptions } from './training/preflight/preflight';
export { TrainingRun } from './training/training-run';
