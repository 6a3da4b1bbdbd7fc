import type { Container } from '../../../inventory/container';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const memoryVolumesAboveLimit: Rule<Scope.CONTAINER> = {
  name: 'memory-volumes-above-limit',
  group: Group.OOM,
  facts: ['ML-MEM-008'],
  scope: Scope.CONTAINER,
  why: 'A volume in memory may grow to its sizeLimit, and what is written to it counts against the container that writes: it is killed before the volume is full. https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  fix: 'Lower the sizeLimit of the volumes in memory, together below limits.memory, or raise the limit.',
  check: (container) => {
    const { limit } = container.amounts('memory');
    const volumes = memoryVolumes(container);
    const total = volumes.reduce((sum, { size }) => sum + (size ?? 0n), 0n);
    if (limit === undefined || limit <= 0n || total <= limit) return [];
    if (volumes.some(({ path, size }) => path === '/dev/shm' && (size ?? 0n) >= limit)) return []; // shared-memory-size
    const place = container.resources.at('limits', 'memory');
    const names = volumes.map(({ name }) => name).join(', ');
    return [warning(place, `may use ${place.value} of memory, and its volumes in memory (${names}) may grow beyond.`)];
  },
};

function memoryVolumes({ mounts }: Container): { name: string; path: string; size?: bigint }[] {
  const seen = new Set<string>();
  return mounts.flatMap(({ path, volume }) => {
    if (volume?.nature !== 'memory' || seen.has(volume.name)) return [];
    seen.add(volume.name);
    return [{ name: volume.name, path, size: volume.field.at('emptyDir', 'sizeLimit').quantity }];
  });
}
