import { type ApiClient, ApiError } from '../api/api-client';
import type { Manifest } from '../api/manifest';
import { waitFor } from '../process/wait';

const POD_SECURITY = 'pod-security.kubernetes.io';
const OURS = 'ring.cdk8s-ml.dev/labelled';

/** Labels of a namespace in which Pod Security refuses pods, and warns of templates, that are not `restricted`. */
export const RESTRICTED = podSecurity('restricted');

/** Labels that enforce and warn at one Pod Security level: `privileged`, `baseline` or `restricted`. */
export function podSecurity(level: string): { [label: string]: string } {
  return {
    [`${POD_SECURITY}/enforce`]: level,
    [`${POD_SECURITY}/enforce-version`]: 'latest',
    [`${POD_SECURITY}/warn`]: level,
    [`${POD_SECURITY}/warn-version`]: 'latest',
  };
}

/** A Namespace. */
export function namespaceOf(name: string, labels: { [label: string]: string } = {}): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/**
 * Makes sure that a namespace exists and has labels; returns it when it had to be made.
 *
 * A namespace that says itself what Pod Security does in it keeps its word.
 */
export async function ensureNamespace(
  api: ApiClient,
  name: string,
  labels: { [label: string]: string },
): Promise<Manifest | undefined> {
  const wanted = namespaceOf(name, { ...labels, [OURS]: 'true' });
  const present = await api.find(wanted);
  const own = present?.metadata.labels ?? {};
  const speaks = `${POD_SECURITY}/enforce` in own || `${POD_SECURITY}/warn` in own;
  if (speaks && own[OURS] === undefined) {
    await labelsInForce(api, name, own);
    return undefined;
  }
  await api.apply(wanted, { fieldManager: 'ring', force: true });
  if (api.controlled) await accountInPlace(api, name);
  await labelsInForce(api, name, labels);
  return present ? undefined : wanted;
}

/** Pods are refused until the namespace has its service account. */
async function accountInPlace(api: ApiClient, namespace: string): Promise<void> {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name: 'default' };
  await api.until(account, `the service account of namespace ${namespace} being made`, 90, ([made]) =>
    made ? undefined : 'it is not there',
  );
}

/**
 * Admission reads namespaces from a cache: waits until it objects to what these labels do not allow, and no more to what they
 * do, since another level may have been there before.
 */
async function labelsInForce(api: ApiClient, name: string, labels: { [label: string]: string }): Promise<void> {
  const levels = [labels[`${POD_SECURITY}/enforce`], labels[`${POD_SECURITY}/warn`]];
  const isRestricted = levels.includes('restricted');
  const isSecured = isRestricted || levels.includes('baseline');
  await waitFor(`Pod Security in namespace ${name} being in force`, 60, async () => {
    if ((await isObjectedTo(api, name, { hostNetwork: true })) !== isSecured) return 'not for pods on the host network';
    return (await isObjectedTo(api, name, {})) === isRestricted ? undefined : 'not for pods that are not restricted';
  });
}

/** Whether Pod Security refuses a pod of which only this is said, or warns of it. */
async function isObjectedTo(api: ApiClient, namespace: string, spec: object): Promise<boolean> {
  const pod: Manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'probe', namespace },
    spec: { ...spec, containers: [{ name: 'probe', image: 'example.com/probe:1' }] },
  };
  try {
    const { warnings } = await api.create(pod, { dryRun: true });
    return warnings.some((warning) => warning.includes('PodSecurity'));
  } catch (error) {
    return error instanceof ApiError && error.reason.includes('PodSecurity');
  }
}
