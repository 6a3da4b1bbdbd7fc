/** Kubernetes versions whose manifests the library knows how to write. */
export enum KubernetesVersion {
  /** 1.33. */
  V1_33 = '1.33',
  /** 1.34. */
  V1_34 = '1.34',
  /** 1.35, whose schema the types are generated from. */
  V1_35 = '1.35',
  /** 1.36. */
  V1_36 = '1.36',
}

/** Whether `version` is `least` or newer. */
export function atLeast(version: KubernetesVersion, least: KubernetesVersion): boolean {
  return Number(version.split('.')[1]) >= Number(least.split('.')[1]);
}
