import { references, targetOf } from '../../../inventory/references/references';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const queueOfAnotherNamespace: Rule<Scope.SET> = {
  name: 'queue-of-another-namespace',
  group: Group.REFERENCES,
  packs: [Group.PENDING],
  facts: [],
  scope: Scope.SET,
  why: 'A LocalQueue takes workloads of its own namespace only: others are never admitted. https://kueue.sigs.k8s.io/docs/concepts/local_queue/',
  fix: 'Add a LocalQueue to the namespace of the workload, or correct the name.',
  check: (inventory) => {
    if (inventory.complete) return []; // every queue must then be there
    return references(inventory).flatMap((reference) => {
      const { kind, field, name, namespace } = reference;
      if (kind !== 'queue' || namespace === undefined || targetOf(reference, inventory) !== undefined) return [];
      const [elsewhere] = inventory.named('kueue.x-k8s.io', 'LocalQueue', name);
      if (elsewhere === undefined || inventory.isExternal({ kind: 'LocalQueue', namespace, name })) return [];
      return [
        error(field, `names the queue ${name}, which is in namespace ${elsewhere.namespace} and not in ${namespace}.`),
      ];
    });
  },
};
