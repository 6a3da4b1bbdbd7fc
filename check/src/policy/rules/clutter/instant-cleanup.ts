import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const instantCleanup: Rule<Scope.RUN> = {
  name: 'instant-cleanup',
  group: Group.CLUTTER,
  facts: [],
  scope: Scope.RUN,
  why: 'A TTL of 0 removes the run the moment it ends, and with it the logs and the reason of a failure. https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/',
  fix: 'Give it time to be looked at, such as 86400.',
  props: 'Set ttl.',
  check: ({ bounds: { ttl }, resource }) => {
    // The TTL of a RayJob is that of its cluster: the object with its state stays.
    if (ttl?.value !== 0 || resource.kind === 'RayJob') return [];
    return [warning(ttl.field, 'is removed the moment it ends, with its logs.')];
  },
};
