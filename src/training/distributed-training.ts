import type { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { TrainingBackend } from '../cluster/settings';
import { dns1035LabelProblem } from '../core/names';
import { report } from '../core/report';
import type { Shape } from '../core/shape';
import { checkShape } from '../core/shape';
import type { Gpu } from '../kinds/gpu';
import { apiObject } from '../render/api-object';
import type { DeclaredRunProps } from './declared-run';
import { declaredRunProblems, declaredRunShape, runIdentity, ttlSeconds } from './declared-run';
import type { DistributedRunProps } from './gang-props';
import { distributedRunShape } from './gang-props';
import { resolveGang } from './resolve-gang';
import { runBounds } from './run-bounds';

/** Properties of a distributed training run. */
export interface DistributedTrainingProps extends DistributedRunProps, DeclaredRunProps {}

const distributedTrainingShape: Shape<DistributedTrainingProps> = { ...distributedRunShape, ...declaredRunShape };

/**
 * A training run on several nodes, whose processes find each other.
 *
 * Renders the object of its backend, called `<name>-<run>`, and a NetworkPolicy; with INDEXED_JOB also a headless Service, with
 * TRAIN_JOB a TrainingRuntime called as the run. Service and policy belong to all runs of the gang and are called `<name>`.
 *
 * No backend starts all pods or none by itself: use a queue whose flavors have a topology, or whole free nodes.
 *
 * @see https://docs.pytorch.org/docs/stable/elastic/run.html
 */
export class DistributedTraining extends Construct {
  /** Name of the run's object: what checkpoints of the run are kept under. */
  public readonly jobName: string;
  /** Pods of the run, each on a node of its own. */
  public readonly numNodes: number;
  /** GPUs of each pod; undefined where it trains on CPUs. */
  public readonly gpuPerNode?: Gpu;
  /** Processes of each pod. */
  public readonly numProcPerNode: number;
  /** Processes of all pods. */
  public readonly worldSize: number;
  /** What runs the gang. */
  public readonly backend: TrainingBackend;
  /** Time after which the run is stopped. */
  public readonly activeDeadline: Duration;
  /** The object that runs the gang. */
  public readonly resource: ApiObject;

  constructor(scope: Construct, id: string, props: DistributedTrainingProps) {
    super(scope, id);
    const given = checkShape(this, 'DistributedTrainingProps', props, distributedTrainingShape);

    const identity = runIdentity(this, given, (name) => dns1035LabelProblem(name));
    const run = runBounds(given, ttlSeconds(this, given.ttl));
    const { gang, backend, prerequisites, companions, problems } = resolveGang(this, given, {
      ...identity,
      ownName: identity.objectName,
      groupName: identity.objectName,
      run,
    });
    this.jobName = identity.objectName;
    this.numNodes = given.numNodes;
    this.gpuPerNode = given.gpuPerNode;
    this.numProcPerNode = gang.roles[0].processesPerReplica;
    this.worldSize = this.numNodes * this.numProcPerNode;
    this.backend = backend.strategy.kind;
    this.activeDeadline = given.activeDeadline;

    report(this, () => [...problems(), ...declaredRunProblems(this, given)]);
    this.resource = apiObject(this, 'Resource', backend.strategy.workload(gang));
    for (const first of prerequisites) {
      this.resource.addDependency(apiObject(this, first.kind, first));
    }
    for (const companion of companions) apiObject(this, companion.id ?? companion.kind, companion);
  }
}
