import { show } from '../core/diagnostics';
import { labelKeyProblem } from '../core/names';

// What the API server takes as the source of a variable; each function says in words what is wrong, or nothing.

const POD_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/** Fields that the downward API gives. https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields */
export function fieldPathProblem(path: string): string | undefined {
  const [, map, key] = /^metadata\.(labels|annotations)\['(.+)'\]$/s.exec(path) ?? [];
  if (key === undefined) return POD_FIELDS.includes(path) ? undefined : 'is no field of a pod that a variable can hold';
  const problem = labelKeyProblem(map === 'annotations' ? key.toLowerCase() : key);
  return problem === undefined ? undefined : `names ${show(key)} among the ${map}, which ${problem}`;
}

/** A key of a Secret or ConfigMap. */
export function keyProblem(key: string): string | undefined {
  if (!/^[-._a-zA-Z0-9]+$/.test(key)) return "must consist of letters, digits, '-', '_' and '.'";
  return key === '.' || key.startsWith('..') ? "must not be '.' or start with '..'" : undefined;
}

const RESOURCE = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-[A-Za-z0-9]+)$/;

/** A resource of a container. */
export function resourceProblem(resource: string): string | undefined {
  return RESOURCE.test(resource) ? undefined : 'is no resource of a container that a variable can hold';
}
