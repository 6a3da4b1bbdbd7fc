import { Nature } from '../../../inventory/workload';
import { info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const memoryVolumeWithoutSize: Rule<Scope.POD> = {
  name: 'memory-volume-without-size',
  group: Group.OOM,
  facts: [],
  scope: Scope.POD,
  why: 'What is written to a volume in memory counts against the memory of the container, and without a sizeLimit nothing stops it before the kill. https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  fix: 'Set sizeLimit below the memory limit.',
  check: ({ volumes, everyContainer, deviceCount, workload }) => {
    // What is at /dev/shm is the matter of shared-memory-size.
    const shared = new Set(
      everyContainer.flatMap(({ mounts }) =>
        mounts.flatMap(({ path, volume }) => (path === '/dev/shm' ? (volume ?? []) : [])),
      ),
    );
    const say = deviceCount > 0 && workload.nature !== Nature.AGENT ? warning : info;
    return volumes.flatMap((volume) => {
      const size = volume.field.at('emptyDir', 'sizeLimit');
      if (volume.nature !== 'memory' || size.exists || shared.has(volume)) return [];
      return [say(size, `has the volume ${volume.name} in memory without a sizeLimit.`)];
    });
  },
};
