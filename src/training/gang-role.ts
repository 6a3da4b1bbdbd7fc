/** What a pod does in its gang: most train as nodes, the others belong to a framework. */
export enum GangRole {
  NODE = 'node',
  /** Decides when a TensorFlow run is done. */
  CHIEF = 'chief',
  /** Holds variables of a TensorFlow model. */
  PARAMETER_SERVER = 'parameterServers',
  /** Evaluates checkpoints of a TensorFlow run. */
  EVALUATOR = 'evaluator',
  /** Starts the processes of an MPI run on its nodes. */
  LAUNCHER = 'launcher',
  /** Keeps a Ray cluster together, and runs the program that hands out its work. */
  HEAD = 'head',
}

/** Pods of one kind in a gang, before they are resolved. */
export interface RolePlan {
  readonly role: GangRole;
  readonly replicas: number;
  /** Processes of each pod; all roles together make the world. */
  readonly processesPerReplica: number;
}
