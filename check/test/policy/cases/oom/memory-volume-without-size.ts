import { Severity } from '../../../../src/policy/finding';
import { memoryVolumeWithoutSize } from '../../../../src/policy/rules/oom/memory-volume-without-size';
import { CONTAINER, jobWith, POD } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = `${POD}.volumes[0].emptyDir.sizeLimit`;
const manifest = (path: string, size = ''): string =>
  jobWith({
    pod: `volumes: [{ name: cache, emptyDir: { medium: Memory${size} } }]`,
    container: `resources: { limits: { memory: 16Gi, nvidia.com/gpu: 1 } }\nvolumeMounts: [{ name: cache, mountPath: ${path} }]`,
  });
const says = /has the volume cache in memory without a sizeLimit/;

export const MEMORY_VOLUME_WITHOUT_SIZE: RuleCase = {
  rule: memoryVolumeWithoutSize,
  good: manifest('/cache', ', sizeLimit: 1Gi'),
  flips: [
    { change: { [at]: undefined }, at, says, severity: Severity.WARNING },
    { change: { [at]: undefined, [`${CONTAINER}.resources`]: undefined }, at, says, severity: Severity.INFO },
  ],
  silent: { 'at /dev/shm it is another finding': manifest('/dev/shm') },
};
