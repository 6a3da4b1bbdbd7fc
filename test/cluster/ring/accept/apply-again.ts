import type { ApiClient } from '../api/api-client';
import { type Manifest, title } from '../api/manifest';
import { changesBetween } from './changes';

/** What is asked for; the rest of an object is what happened to it. */
const ASKED_FOR = /^(spec|metadata\.labels)\b/;

type Way = 'apply' | 'applyClientSide';

function waysOf({ metadata }: Manifest): readonly Way[] {
  const isServerSideOnly = metadata.annotations?.['argocd.argoproj.io/sync-options']?.includes('ServerSideApply=true');
  return isServerSideOnly ? ['apply'] : ['apply', 'applyClientSide'];
}

/**
 * What another apply of the same manifests changes, or what refuses it, in words: server-side as GitOps tools do it, then
 * client-side as `kubectl apply` does, but for objects that ask for server-side apply. The objects stand in the cluster, where controllers have written to them.
 */
export async function changesOfApplyingAgain(
  api: ApiClient,
  manifests: Manifest[],
  ways?: readonly Way[],
): Promise<string[]> {
  const changes: string[] = [];
  for (const manifest of manifests) {
    for (const way of ways ?? waysOf(manifest)) {
      const { object: before } = await api.get(manifest);
      try {
        const { object } = await api[way](manifest);
        const changed = changesBetween(before, object).filter((change) => ASKED_FOR.test(change));
        changes.push(...changed.map((change) => `${title(manifest)}, ${way}: ${change}`));
      } catch (error) {
        changes.push((error as Error).message);
      }
    }
  }
  return changes;
}
