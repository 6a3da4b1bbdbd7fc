import type { Field } from './field';
import { once } from './once';
import { PodFacts, type PodPlaces } from './pod';
import type { Resource } from './resource';

/** What a workload is for. */
export enum Nature {
  /** Comes to an end. */
  RUN = 'run',
  /** Answers requests until it is taken away. */
  SERVER = 'server',
  /** Somebody works in it: a notebook, a Ray cluster without a job. */
  INTERACTIVE = 'interactive',
  /** One pod on every node. */
  AGENT = 'agent',
  /** Starts nothing: others make pods from it. */
  TEMPLATE = 'template',
}

/** A number that bounds a run, and where it stands or would stand. */
export interface Bound {
  readonly field: Field;
  /** The number; undefined when there is none, or it cannot be read (`field.exists` tells). */
  readonly value?: number;
}

/** What ends, repeats and removes a run; undefined where the kind has no such field. */
export interface RunBounds {
  /** Seconds until it is ended. */
  readonly deadline?: Bound;
  /** Times that it, or a pod of it, is tried again. */
  readonly retries?: Bound;
  /** What Kubernetes or the operator does when `retries` is not given; undefined for "without end". */
  readonly defaultRetries?: number;
  /** Seconds after its end until it is removed. */
  readonly ttl?: Bound;
  /** Which pods are removed at its end. */
  readonly cleanPodPolicy?: Field;
}

/** When runs are made. */
export interface Timetable {
  /** Where the cron expressions stand. */
  readonly schedules: readonly Field[];
  readonly timeZone: Field;
  readonly concurrencyPolicy: Field;
  readonly startingDeadline: Field;
  readonly successfulHistory: Field;
  readonly failedHistory: Field;
}

/** What a reader of a kind says of a group of like pods. */
export interface RoleDescription {
  /** Name, such as `Worker`. */
  readonly name: string;
  /** Where the number of pods stands; undefined when it is always one. */
  readonly replicas?: Field;
  /** Pods at the same time; 1 unless it says otherwise. */
  readonly count?: number;
  /** Where the processes of each pod are counted. */
  readonly processes?: Field;
  /** Where the pods are. */
  readonly pod: PodPlaces;
}

/** A group of like pods of a workload. */
export class Role {
  public readonly name: string;
  public readonly replicas?: Field;
  /** Pods at the same time. */
  public readonly count: number;
  public readonly processes?: Field;
  public readonly pod: PodFacts;

  constructor(workload: Workload, { name, replicas, count, processes, pod }: RoleDescription) {
    this.name = name;
    this.replicas = replicas;
    this.count = count ?? replicas?.integer ?? 1;
    this.processes = processes;
    this.pod = new PodFacts(workload, this, pod);
  }
}

/** What a reader of a kind says of an object that carries pods. */
export interface WorkloadDescription {
  readonly nature: Nature;
  readonly roles: readonly RoleDescription[];
  /** Bounds of the run. */
  readonly run?: RunBounds;
  readonly timetable?: Timetable;
  /** Whether its pods know each other and work as one. */
  readonly gang?: boolean;
  /** Metadata on which a queue label is read; that of the object unless it says otherwise. */
  readonly queueMetadata?: Field;
  /** Name of the controller's replica count, for autoscalers. */
  readonly scalable?: Field;
}

/** An object that carries pods, whatever its kind: the same facts of all. */
export class Workload {
  public readonly nature: Nature;
  public readonly roles: readonly Role[];
  public readonly bounds: RunBounds;
  public readonly timetable?: Timetable;
  public readonly isGang: boolean;
  public readonly queueMetadata: Field;
  public readonly scalable?: Field;

  constructor(
    public readonly resource: Resource,
    description: WorkloadDescription,
  ) {
    this.nature = description.nature;
    this.bounds = description.run ?? {};
    this.timetable = description.timetable;
    this.isGang = description.gang ?? false;
    this.queueMetadata = description.queueMetadata ?? resource.at('metadata');
    this.scalable = description.scalable;
    this.roles = description.roles.map((role) => new Role(this, role));
  }

  @once
  public get pods(): readonly PodFacts[] {
    return this.roles.map(({ pod }) => pod);
  }

  /** Pods at the same time. */
  @once
  public get podCount(): number {
    return this.roles.reduce((sum, { count }) => sum + count, 0);
  }

  /** Accelerators at the same time. */
  @once
  public get deviceCount(): number {
    return this.roles.reduce((sum, { count, pod }) => sum + count * pod.deviceCount, 0);
  }

  /** Name of its queue in Kueue or Volcano, where it is read. */
  @once
  public get queueName(): string | undefined {
    const kueue = this.queueMetadata.at('labels', 'kueue.x-k8s.io/queue-name').text;
    return kueue ?? this.queueMetadata.at('annotations', 'scheduling.volcano.sh/queue-name').text;
  }

  /** Whether it is of a kind of a group, in any version; the group of the core is empty. */
  public is(kind: string, group: string): boolean {
    return this.resource.is(kind, group);
  }
}

/** A number in a place. */
export function bound(field: Field): Bound {
  return { field, value: field.integer };
}
