import type { ApiClient } from '../api/api-client';
import { type Manifest, title } from '../api/manifest';

/**
 * What another apply of the same manifests changes, or what refuses it, in words: server-side as GitOps tools do it, then
 * client-side as `kubectl apply` does. The objects stand in the cluster, where controllers have written to them.
 */
export async function changesOfApplyingAgain(api: ApiClient, manifests: Manifest[]): Promise<string[]> {
  const changes: string[] = [];
  for (const manifest of manifests) {
    const before = await api.get(manifest);
    for (const way of ['apply', 'applyClientSide'] as const) {
      try {
        const { object } = await api[way](manifest);
        if (wanted(object) !== wanted(before.object)) changes.push(`${title(manifest)}: ${way} changed it`);
      } catch (error) {
        changes.push((error as Error).message);
      }
    }
  }
  return changes;
}

/** What is asked for, without what happened to it. */
function wanted({ metadata, spec }: Manifest): string {
  return JSON.stringify({ labels: metadata.labels, spec });
}
