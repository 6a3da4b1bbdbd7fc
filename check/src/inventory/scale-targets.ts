/** Kinds that manifests of an application mostly hold themselves; others are made by operators. */
const OF_APPLICATIONS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'LeaderWorkerSet']);

/** Whether a target of this kind should be among the manifests that scale it. */
export function isJudged(kind: string): boolean {
  return OF_APPLICATIONS.has(kind);
}
