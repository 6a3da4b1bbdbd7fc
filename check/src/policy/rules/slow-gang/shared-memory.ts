import { gpusOf } from '../../../inventory/gpu-count';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { asksForNothing } from './smoke-test';

export const sharedMemory: Rule<Scope.CONTAINER> = {
  name: 'shared-memory',
  group: Group.SLOW_GANG,
  facts: ['ML-DIST-002'],
  scope: Scope.CONTAINER,
  why: 'Processes of a training hand tensors to each other through /dev/shm, of which a container has 64 MiB unless memory is mounted there: NCCL and data loaders fail with bus errors. https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/troubleshooting.html#shared-memory',
  fix: 'Mount an emptyDir with medium Memory and a sizeLimit at /dev/shm.',
  props: 'Leave sharedMemory to its default, or set its size.',
  check: (container) => {
    const { pod, part } = container;
    const { nature, isGang, resource } = pod.workload;
    const gpus = gpusOf(container);
    if (part !== 'main' || gpus === 0 || (nature !== 'run' && !isGang)) return [];
    if (!isGang && (gpus === undefined || gpus === 1)) return [];
    if (pod.partial || resource.group === 'ray.io' || pod.at('hostIPC').boolean || asksForNothing(container)) return [];
    const mount = container.mountOf('/dev/shm');
    if (mount?.path !== '/dev/shm') {
      const on = gpus === 1 ? 'GPUs of several pods' : 'several GPUs';
      return [warning(container.field.at('volumeMounts'), `trains on ${on} and has no memory at /dev/shm.`)];
    }
    if (mount.volume?.nature !== 'ephemeral' || mount.volume.source !== 'emptyDir') return [];
    return [warning(mount.volume.field.at('emptyDir', 'medium'), 'has a disk at /dev/shm, and not memory.')];
  },
};
