import type { Inventory } from '../../../inventory/inventory';
import type { Resource } from '../../../inventory/resource';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const surgeOntoExclusiveVolume: Rule<Scope.SERVER> = {
  name: 'surge-onto-exclusive-volume',
  group: Group.SERVING,
  facts: ['ML-SERVE-012'],
  scope: Scope.SERVER,
  why: 'The new pod waits for the volume that the old one holds, and the old one stays until the new one is ready. https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  fix: 'Set strategy.type to Recreate, or take a claim with ReadWriteMany or ReadOnlyMany.',
  check: (server, inventory) => {
    const { resource } = server;
    if (!resource.is('Deployment', 'apps')) return [];
    const strategy = resource.at('spec', 'strategy');
    const surge = strategy.at('rollingUpdate', 'maxSurge');
    if (strategy.at('type').text === 'Recreate' || /^0%?$/.test(String(surge.value))) return [];
    const held = server.pods
      .flatMap(({ volumes }) => volumes)
      .find(({ claimName }) => claimName !== undefined && isExclusive(resource, claimName, inventory));
    if (held === undefined) return [];
    return [
      warning(surge, `makes a new pod before the old one has left the volume ${held.name}, which one node can have.`),
    ];
  },
};

/** Whether a claim of the set can be on one node only. */
function isExclusive({ namespace }: Resource, claimName: string, inventory: Inventory): boolean {
  const claim = inventory.find('', 'PersistentVolumeClaim', claimName, namespace);
  const modes = claim?.at('spec', 'accessModes').texts ?? [];
  return modes.length > 0 && modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod');
}
