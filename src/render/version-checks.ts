import type { Problem } from '../core/diagnostics';
import { VERSION_LACKS_FIELD } from '../kinds/diagnostics';
import type { VersionSpan } from '../kinds/field-versions';
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
  const path: string[] = [field];
  const visit = (held: Plain, holder: string): void => {
    if (typeof held !== 'object') return;
    const type = Array.isArray(held) ? undefined : TYPE_OF.get(holder);
    for (const [key, inner] of Object.entries(held)) {
      path.push(Array.isArray(held) ? `[${key}]` : `.${key}`);
      const what = type === undefined ? undefined : versionProblem(version, spanOf(type, key, inner));
      if (what !== undefined) problems.push(lacks(path.join(''), String(inner), what, version));
      visit(inner, Array.isArray(held) ? holder : key);
      path.pop();
    }
  };
  if (value !== undefined) visit(value, field);
  return problems;
}

function spanOf(type: string, key: string, value: Plain): VersionSpan | undefined {
  return FIELD_VERSIONS[`${type}.${key}`] ?? VALUE_VERSIONS[`${type}.${key}=${String(value)}`];
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
