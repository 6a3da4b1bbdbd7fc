import { type ApiClient, ApiError } from './api-client';
import type { Manifest } from './manifest';

/**
 * Removes objects, last first, and namespaces after what stands in them.
 *
 * No controller is there to take finalizers off, so they are taken off here. What is gone already is left alone.
 */
export async function removeManifests(api: ApiClient, objects: Manifest[]): Promise<void> {
  const isNamespace = ({ kind, apiVersion }: Manifest) => kind === 'Namespace' && apiVersion === 'v1';
  const last = [...objects].reverse();
  for (const object of last.filter((each) => !isNamespace(each))) {
    await unlessGone(async () => {
      await api.del(object);
      const left = await api.find(object);
      if (left?.metadata.finalizers) await api.patch(object, { metadata: { finalizers: null } });
    });
  }
  for (const namespace of last.filter(isNamespace)) {
    await unlessGone(async () => {
      const { object } = await api.del(namespace);
      await api.finalizeNamespace(object);
    });
  }
}

async function unlessGone(remove: () => Promise<void>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
}
