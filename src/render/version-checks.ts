import type { Problem } from '../core/diagnostics';
import { VERSION_LACKS_FIELD } from '../kinds/diagnostics';
import { FIELD_VERSIONS, KIND_VERSIONS, VALUE_VERSIONS, versionProblem } from '../kinds/field-versions';
import type { KubernetesVersion } from '../kinds/version';
import type { Plain } from './plain';

/** Types of the Kubernetes schema by the field that holds them, as far as versions differ in them. */
const TYPE_OF: ReadonlyMap<string, string> = new Map([
  ['containers', 'Container'],
  ['initContainers', 'Container'],
  ['ephemeralContainers', 'EphemeralContainer'],
  ['valueFrom', 'EnvVarSource'],
  ['sources', 'VolumeProjection'],
  ['podCertificate', 'PodCertificateProjection'],
  ['spec', 'PodSpec'],
  ['tolerations', 'Toleration'],
]);

/** A kind that the version of the API server lacks. */
export function kindVersionProblems(kind: string, version: KubernetesVersion): Problem[] {
  const what = versionProblem(version, KIND_VERSIONS[kind]);
  return what === undefined ? [] : [lacks('kind', kind, what, version)];
}

/** Fields and values that the version of the API server lacks. */
export function fieldVersionProblems(field: string, value: Plain | undefined, version: KubernetesVersion): Problem[] {
  const problems: Problem[] = [];
  if (value !== undefined) visit(field, field, value, version, problems);
  return problems;
}

function visit(place: string, holder: string, value: Plain, version: KubernetesVersion, problems: Problem[]): void {
  if (typeof value !== 'object') return;
  if (Array.isArray(value)) {
    value.forEach((item, index) => visit(`${place}[${index}]`, holder, item, version, problems));
    return;
  }
  const type = TYPE_OF.get(holder);
  for (const [key, inner] of Object.entries(value)) {
    if (type !== undefined) {
      const span = FIELD_VERSIONS[`${type}.${key}`] ?? VALUE_VERSIONS[`${type}.${key}=${String(inner)}`];
      const what = versionProblem(version, span);
      if (what !== undefined) problems.push(lacks(`${place}.${key}`, String(inner), what, version));
    }
    visit(`${place}.${key}`, key, inner, version, problems);
  }
}

function lacks(property: string, value: string, what: string, version: KubernetesVersion): Problem {
  return {
    rule: VERSION_LACKS_FIELD,
    property,
    value,
    message: `${property} ${what}, and the manifest is for ${version}.`,
    fix: 'Leave it out, or set kubernetes in the profile to the version that the cluster has.',
  };
}
