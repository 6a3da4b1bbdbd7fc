import { atLeast, KubernetesVersion } from './version';

/** Versions that know a kind, a field or a value. */
export interface VersionSpan {
  /** First version that knows it; every supported one when not given. */
  readonly since?: KubernetesVersion;
  /** Last version that knows it; every later one as well when not given. */
  readonly until?: KubernetesVersion;
}

type Spans = { readonly [name: string]: VersionSpan };

/** Kinds that not every supported version knows. */
export const KIND_VERSIONS: Spans = { ResourceClaimTemplate: { since: KubernetesVersion.V1_34 } };

/** Fields, by type and name, that not every supported version knows. */
export const FIELD_VERSIONS: Spans = {
  'Container.restartPolicyRules': { since: KubernetesVersion.V1_34 },
  'EnvVarSource.fileKeyRef': { since: KubernetesVersion.V1_34 },
  'EphemeralContainer.restartPolicyRules': { since: KubernetesVersion.V1_34 },
  'PodCertificateProjection.userAnnotations': { since: KubernetesVersion.V1_35 },
  'PodSpec.hostnameOverride': { since: KubernetesVersion.V1_34 },
  'PodSpec.schedulingGroup': { since: KubernetesVersion.V1_36 },
  'PodSpec.workloadRef': { since: KubernetesVersion.V1_35, until: KubernetesVersion.V1_35 },
  'VolumeProjection.podCertificate': { since: KubernetesVersion.V1_34 },
};

/** Values, by type, field and value, that not every supported version knows. */
export const VALUE_VERSIONS: Spans = {
  'DeviceToleration.effect=None': { since: KubernetesVersion.V1_35 },
  'Toleration.operator=Gt': { since: KubernetesVersion.V1_35 },
  'Toleration.operator=Lt': { since: KubernetesVersion.V1_35 },
};

/** Why a version does not know something, or nothing. */
export function versionProblem(version: KubernetesVersion, span: VersionSpan | undefined): string | undefined {
  if (span === undefined) return undefined;
  const { since, until } = span;
  if (since !== undefined && !atLeast(version, since)) return `is new in Kubernetes ${since}`;
  return until !== undefined && !atLeast(until, version) ? `is gone since Kubernetes ${until}` : undefined;
}
