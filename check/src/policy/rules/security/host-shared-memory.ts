import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const hostSharedMemory: Rule<Scope.POD> = {
  name: 'host-shared-memory',
  group: Group.SECURITY,
  facts: ['ML-SEC-010'],
  scope: Scope.POD,
  why: 'All pods of the node share it, nobody counts it, and what is left stays. https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
  fix: 'Mount an emptyDir with medium: Memory and a sizeLimit at /dev/shm.',
  check: ({ volumes }) =>
    volumes.flatMap(({ field }) => {
      const path = field.at('hostPath', 'path');
      return path.text?.replace(/\/+$/, '') === '/dev/shm' ? [error(path, "mounts the node's /dev/shm.")] : [];
    }),
};
