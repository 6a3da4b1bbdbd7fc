import type { KubernetesVersion } from '../../kinds/version';
import type { FrameworkName } from '../frameworks/framework';
import type { MpiImplementation } from '../frameworks/mpi-options';
import type { GangRole } from '../gang-role';

/** What a backend really does, for users who choose one. */
export interface BackendFacts {
  /** How its pods start. */
  readonly start: string;
  /** How they find each other. */
  readonly rendezvous: string;
  /** What happens when one container fails. */
  readonly podRestart: string;
  /** Whether the gang starts again as a whole. */
  readonly gangRestart: string;
  readonly success: string;
  readonly deadline: string;
  /** How an ended run is removed. */
  readonly ttl: string;
  /** What is left of the pods when the run has ended. */
  readonly cleanUp: string;
  readonly suspend: string;
  readonly elastic: string;
  /** What can start it on a schedule. */
  readonly embedding: string;
}

/** How the status of an object says that its run has ended: selectors over its fields, as steps of Argo read them. */
export interface RunEnds {
  readonly success: string;
  readonly failure: string;
}

/** A row of the table of backends: what it can do, by which requests are refused, and what it does, which the docs say. */
export interface BackendRow {
  /** Kind of the object. */
  readonly resource: string;
  /** What it is called, where its kind alone would be another's. */
  readonly title?: string;
  readonly frameworks: readonly FrameworkName[];
  /** Pods beside the nodes that it can have; none when left out. */
  readonly roles?: readonly GangRole[];
  /** MPI whose launcher it can tell the nodes; none when left out. */
  readonly mpi?: readonly MpiImplementation[];
  /** Which restarts it has. */
  readonly restarts: readonly RestartScope[];
  /** Whether exit codes of the program can end the run at once. */
  readonly endsOnExitCodes: boolean;
  /** Whether it removes ended runs after a time. */
  readonly ttl: boolean;
  /** What the loss of a pod does that ends the run, whatever its retries; left out where the run survives. */
  readonly lossOfPod?: string;
  /** Whether a gang that starts again for a disruption has one retry less; for a gang of which pods start again it does not matter. */
  readonly countsDisruptions?: boolean;
  /** How a step of Argo sees the end of a run. */
  readonly ends: RunEnds;
  /** The same of a run with a launcher, where that is another pod's. */
  readonly endsWithLauncher?: RunEnds;
  /** Frameworks whose gangs can have fewer nodes than asked for; none when left out. */
  readonly elastic?: readonly FrameworkName[];
  /** Versions of Kubernetes whose field for its own groups comes to the pods: the operator leaves out what it does not know. */
  readonly workloadApi: readonly KubernetesVersion[];
  readonly does: BackendFacts;
  /** What the facts were seen with. */
  readonly evidence: string;
}

/** What starts again when a process of a gang fails. */
export enum RestartScope {
  /** The pod that failed; its peers notice and fail with it, or wait for it. */
  POD = 'pod',
  /** All pods of the gang together. */
  GANG = 'gang',
}
