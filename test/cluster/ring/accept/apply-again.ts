import type { ApiClient } from '../api/api-client';
import { type Manifest, title } from '../api/manifest';
import { changesBetween } from './changes';

/** What is asked for; the rest of an object is what happened to it. */
const ASKED_FOR = /^(spec|metadata\.labels)\b/;

/** An object that GitOps tools are asked to apply server-side only. */
function isServerSideOnly({ metadata }: Manifest): boolean {
  return metadata.annotations?.['argocd.argoproj.io/sync-options']?.includes('ServerSideApply=true') ?? false;
}

/**
 * What another apply of the same manifests changes, or what refuses it, in words: server-side as GitOps tools do it, then
 * client-side as `kubectl apply` does, but for objects that ask for server-side apply. The objects stand in the cluster, where controllers have written to them.
 */
export async function changesOfApplyingAgain(
  api: ApiClient,
  manifests: Manifest[],
  ways: readonly ('apply' | 'applyClientSide')[] = ['apply', 'applyClientSide'],
): Promise<string[]> {
  const changes: string[] = [];
  for (const manifest of manifests) {
    for (const way of ways) {
      if (way === 'applyClientSide' && isServerSideOnly(manifest)) continue;
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
