// Names of what containers ask for. https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/

const NATIVE: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);
const HUGE_PAGES = /^hugepages-/;
const OF_KUBERNETES = /^([^/]*\.)?kubernetes\.io\//;

/** Whether it is a size of huge pages. */
export function isHugePages(resource: string): boolean {
  return HUGE_PAGES.test(resource);
}

/** Whether Kubernetes itself measures it. */
export function isNative(resource: string): boolean {
  return NATIVE.has(resource) || isHugePages(resource);
}

/** Whether a device plugin offers it: a name with a domain that is not that of Kubernetes. */
export function isExtended(resource: string): boolean {
  return resource.includes('/') && !OF_KUBERNETES.test(resource) && !resource.startsWith('requests.');
}

/** Whether it is counted in bytes. */
export function isBytes(resource: string): boolean {
  return resource === 'memory' || resource === 'ephemeral-storage' || isHugePages(resource);
}

/** Whether nodes never promise more of it than they have, so that request and limit must be one. */
export function isNeverOvercommitted(resource: string): boolean {
  return isExtended(resource) || isHugePages(resource);
}
