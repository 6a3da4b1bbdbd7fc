import { Severity } from '../../../../src/policy/finding';
import { memoryBesideSharedMemory } from '../../../../src/policy/rules/oom/memory-beside-shared-memory';
import { CONTAINER, jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = `${CONTAINER}.resources.limits.memory`;
const manifest = (memory: string, gpus: number | string = 4, size = '8Gi'): string =>
  jobWith({
    pod: `volumes: [{ name: shm, emptyDir: { medium: Memory, sizeLimit: ${size} } }]`,
    container: `
resources: { limits: { memory: ${memory}, nvidia.com/gpu: ${gpus} } }
volumeMounts: [{ name: shm, mountPath: /dev/shm }]
`,
  });

export const MEMORY_BESIDE_SHARED_MEMORY: RuleCase = {
  rule: memoryBesideSharedMemory,
  good: manifest('16Gi'),
  flips: [
    {
      change: { [at]: '15Gi' },
      at,
      says: /may use 15Gi of memory, of which 8Gi can go to \/dev\/shm, for 4 GPUs\.$/,
      severity: Severity.WARNING,
    },
    {
      change: { [at]: '9Gi', [`${CONTAINER}.resources.limits['nvidia.com/gpu']`]: 1 },
      at,
      says: /for 1 GPU\.$/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'all of it for /dev/shm is another finding': manifest('8Gi'),
    'without GPUs': manifest('9Gi', 0),
    'GPUs that are not counted yet': manifest('9Gi', '"{{gpus}}"'),
    'no limit': manifest('15Gi').replace('memory: 15Gi, ', ''),
    'a volume without a size': manifest('15Gi').replace(', sizeLimit: 8Gi', ''),
    'a volume on the disk': manifest('15Gi').replace('medium: Memory, ', ''),
    'a volume in memory for something else': manifest('15Gi').replace('/dev/shm', '/cache'),
    'a volume that is not there': manifest('15Gi').replace('[{ name: shm, mountPath', '[{ name: other, mountPath'),
  },
};
