import { Severity } from '../../../../src/policy/finding';
import { memoryVolumesAboveLimit } from '../../../../src/policy/rules/oom/memory-volumes-above-limit';
import { CONTAINER, jobWith, POD } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = `${CONTAINER}.resources.limits.memory`;
const manifest = (cache: string, mounts: string): string =>
  jobWith({
    pod: `volumes: [{ name: shm, emptyDir: { medium: Memory, sizeLimit: 8Gi } }, { name: cache, emptyDir: { medium: Memory, sizeLimit: ${cache} } }]`,
    container: `resources: { limits: { memory: 16Gi } }\nvolumeMounts: [{ name: shm, mountPath: /dev/shm }, ${mounts}]`,
  });
const CACHE = '{ name: cache, mountPath: /cache }';

export const MEMORY_VOLUMES_ABOVE_LIMIT: RuleCase = {
  rule: memoryVolumesAboveLimit,
  good: manifest('8Gi', CACHE),
  flips: [
    {
      change: { [`${POD}.volumes[1].emptyDir.sizeLimit`]: '9Gi' },
      at,
      says: /may use 16Gi of memory, and its volumes in memory \(shm, cache\) may grow beyond/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${POD}.volumes[1].emptyDir.sizeLimit`]: '20Gi' },
      at,
      says: /its volumes in memory \(shm, cache\) may grow beyond/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'no limit': manifest('9Gi', CACHE).replace('{ memory: 16Gi }', '{}'),
    'a limit of nothing is another finding': manifest('9Gi', CACHE).replace('memory: 16Gi', 'memory: 0'),
    'all of it for /dev/shm is another finding': manifest('9Gi', CACHE).replace('sizeLimit: 8Gi', 'sizeLimit: 16Gi'),
    'more than it for /dev/shm, beside a volume without a size': manifest('null', CACHE).replace(
      'sizeLimit: 8Gi',
      'sizeLimit: 17Gi',
    ),
    'a volume on the disk': manifest('9Gi', CACHE).replace('medium: Memory, sizeLimit: 9Gi', 'sizeLimit: 9Gi'),
    'a volume that is not there': manifest('9Gi', '{ name: other, mountPath: /other }'),
    'a volume that is mounted twice is one': manifest('8Gi', `${CACHE}, { name: cache, mountPath: /other }`),
    'one that another container mounts': manifest('20Gi', '{ name: shm, mountPath: /x }'),
  },
};
