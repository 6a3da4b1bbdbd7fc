import { gpusOf } from '../../../inventory/gpu-count';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** What the process of a GPU needs of the host beside shared memory: its CUDA context, its libraries and its buffers. */
const BYTES_PER_GPU = 2n * 1024n ** 3n;
const NANO = 1_000_000_000n;

export const memoryBesideSharedMemory: Rule<Scope.CONTAINER> = {
  name: 'memory-beside-shared-memory',
  group: Group.OOM,
  facts: ['ML-MEM-002'],
  scope: Scope.CONTAINER,
  why: 'Pages in /dev/shm count against the memory limit of the container, so that the processes have only what is left. https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  fix: 'Raise limits.memory to the sizeLimit of /dev/shm and 2Gi for each GPU at least, or lower the sizeLimit.',
  props: 'Raise memory, or lower sharedMemory.',
  check: (container) => {
    const gpus = gpusOf(container);
    const { limit } = container.amounts('memory');
    const volume = container.mounts.find(({ path }) => path === '/dev/shm')?.volume;
    const size = volume?.nature === 'memory' ? volume.field.at('emptyDir', 'sizeLimit') : undefined;
    if (gpus === undefined || limit === undefined || size?.quantity === undefined) return [];
    if (size.quantity >= limit || limit >= size.quantity + BigInt(gpus) * BYTES_PER_GPU * NANO) return [];
    const place = container.resources.at('limits', 'memory');
    return [
      warning(
        place,
        `may use ${place.value} of memory, of which ${size.value} can go to /dev/shm, for ${gpus} GPU${gpus === 1 ? '' : 's'}.`,
      ),
    ];
  },
};
