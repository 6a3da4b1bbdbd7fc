import type { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { JobSpec } from '../../imports/k8s';
import { ClusterProfile } from '../cluster/profile';
import type { Problem } from '../core/diagnostics';
import { dnsLabelProblem } from '../core/names';
import { report } from '../core/report';
import type { Shape } from '../core/shape';
import { checkShape, optional } from '../core/shape';
import { Gpu } from '../kinds/gpu';
import { apiObject } from '../render/api-object';
import { podTemplate } from '../render/pod-template';
import type { DeclaredRunProps } from './declared-run';
import { declaredRunProblems, declaredRunShape, runIdentity, ttlSeconds } from './declared-run';
import { singlePreflightProblems } from './preflight/preflight-script';
import type { RunBounds } from './run-bounds';
import { boundedJobSpec, runBounds } from './run-bounds';
import { singleCompanions } from './single-companions';
import { trainingProblems } from './training-checks';
import type { TrainingPod } from './training-pod';
import { TRAINER, trainingPod } from './training-pod';
import type { TrainingProps } from './training-props';
import { gpuCheck, trainingShape } from './training-props';

/** A training run on one node. */
export interface SingleRunProps extends TrainingProps {
  /**
   * GPUs of the pod.
   *
   * @default Gpu.any(1)
   */
  readonly gpu?: Gpu;
}

/** Properties of a training job. */
export interface GpuTrainingJobProps extends SingleRunProps, DeclaredRunProps {}

/** Checks of the props of a run on one node. */
export const singleRunShape: Shape<SingleRunProps> = { ...trainingShape, gpu: optional(gpuCheck) };

const gpuTrainingJobShape: Shape<GpuTrainingJobProps> = { ...singleRunShape, ...declaredRunShape };

/**
 * A training run on the GPUs of one node.
 *
 * Renders: Job; with `egress` also a NetworkPolicy, with `preflight` a ConfigMap.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export class GpuTrainingJob extends Construct {
  /** Name of the Job: what checkpoints of the run are kept under. */
  public readonly jobName: string;
  /** GPUs given to the pod. */
  public readonly gpu: Gpu;
  /** Time after which Kubernetes stops the run. */
  public readonly activeDeadline: Duration;
  /** Times a failed pod is replaced. */
  public readonly backoffLimit: number;
  /** The Job. */
  public readonly resource: ApiObject;

  private readonly bounds: RunBounds;
  private readonly training: TrainingPod;

  constructor(scope: Construct, id: string, props: GpuTrainingJobProps) {
    super(scope, id);
    const given = checkShape(this, 'GpuTrainingJobProps', props, gpuTrainingJobShape);

    const identity = runIdentity(this, given, (name) => dnsLabelProblem(name));
    this.jobName = identity.objectName;
    this.gpu = given.gpu ?? Gpu.any(1);
    this.activeDeadline = given.activeDeadline;
    this.bounds = runBounds(given, ttlSeconds(this, given.ttl));
    this.backoffLimit = this.bounds.retries;
    this.training = trainingPod(this, given, {
      name: identity.baseName,
      gpu: this.gpu,
      nodes: 1,
      labels: identity.podLabels,
      restartPolicy: 'Never',
    });

    report(this, () => this.problems(given));
    this.resource = apiObject(this, 'Resource', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: identity.metadata,
      spec: () => this.toJobSpec(),
    });
    for (const companion of singleCompanions(ClusterProfile.of(this), given, identity.baseName, this.training.pod)) {
      apiObject(this, companion.id ?? companion.kind, companion);
    }
  }

  private toJobSpec(): JobSpec {
    return { ...boundedJobSpec(this.bounds, TRAINER), template: podTemplate(this.training.pod) };
  }

  private problems(props: GpuTrainingJobProps): Problem[] {
    return [
      ...trainingProblems(this, props, this.training, 1),
      ...singlePreflightProblems(props, this.training.placement.devices),
      ...declaredRunProblems(this, props),
    ];
  }
}
