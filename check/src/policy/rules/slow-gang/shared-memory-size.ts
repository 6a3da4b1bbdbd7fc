import type { Container } from '../../../inventory/container';
import type { Field } from '../../../inventory/field';
import type { Remark } from '../../finding';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Of volumes that may grow beyond the memory limit. */
const ABOVE = 'ML-MEM-008';

export const sharedMemorySize: Rule<Scope.CONTAINER> = {
  name: 'shared-memory-size',
  group: Group.SLOW_GANG,
  packs: [Group.OOM],
  facts: ['ML-DIST-003', ABOVE],
  scope: Scope.CONTAINER,
  why: 'What is written to /dev/shm counts against the memory limit of the container: without a size below it, a leak there kills the training. https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  fix: 'Set sizeLimit of the emptyDir well below the memory limit.',
  props: 'Set the size of sharedMemory below memory.',
  check: (container) => {
    const mount = container.mounts.find(({ path }) => path === '/dev/shm');
    if (mount?.volume?.nature !== 'memory') return [];
    return judged(mount.volume.field.at('emptyDir', 'sizeLimit'), container);
  },
};

function judged(size: Field, container: Container): Remark[] {
  if (!size.exists) return [{ ...warning(size, 'has memory at /dev/shm without a sizeLimit.'), without: [ABOVE] }];
  const { limit } = container.amounts('memory');
  if (size.quantity === undefined || limit === undefined || limit <= 0n || size.quantity < limit) return [];
  const written = container.resources.at('limits', 'memory').value;
  const message = `lets /dev/shm grow to ${size.value}, and the container may use ${written} of memory.`;
  return [{ ...warning(size, message), ...(size.quantity === limit ? { without: [ABOVE] } : {}) }];
}
