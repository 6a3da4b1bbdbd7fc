import { type ApiClient, ApiError } from '../api/api-client';
import type { Manifest } from '../api/manifest';

/** Seconds in which the controllers of a cluster let an object go. */
const GONE_SECONDS = 60;

/**
 * Removes objects, last first, and namespaces after what stands in them; waits until they are gone.
 *
 * In a ring of the API server alone, nobody takes finalizers off: they are taken off here. What is gone already is left
 * alone.
 */
export async function removeManifests(api: ApiClient, objects: Manifest[]): Promise<void> {
  const isNamespace = ({ kind, apiVersion }: Manifest) => kind === 'Namespace' && apiVersion === 'v1';
  const last = [...objects].reverse();
  const others = last.filter((each) => !isNamespace(each));
  const namespaces = last.filter(isNamespace);
  if (api.controlled) {
    for (const all of [others, namespaces]) {
      for (const object of all) await unlessGone(() => api.del(object));
      for (const object of all) await gone(api, object);
    }
    return;
  }
  for (const object of others) {
    await unlessGone(async () => {
      await api.del(object);
      const left = await api.find(object);
      if (left?.metadata.finalizers) await api.patch(object, { metadata: { finalizers: null } });
    });
  }
  for (const namespace of namespaces) {
    await unlessGone(async () => {
      const { object } = await api.del(namespace);
      await api.finalizeNamespace(object);
    });
  }
}

/** Waits until an object that is being deleted is no more. */
export async function gone(api: ApiClient, object: Manifest): Promise<void> {
  const { apiVersion, kind } = object;
  const { name } = object.metadata;
  const { namespaced } = await api.discovery.kindOf(object);
  const namespace = namespaced ? (object.metadata.namespace ?? api.namespace) : undefined;
  await api.until({ apiVersion, kind, namespace, name }, `${kind} ${name} being gone`, GONE_SECONDS, ([left]) =>
    left === undefined ? undefined : `it has the finalizers ${JSON.stringify(left.metadata.finalizers ?? [])}`,
  );
}

async function unlessGone(remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
}
