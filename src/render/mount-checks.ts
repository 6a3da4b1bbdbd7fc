import type { Problem, Rule } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { kibibytes } from '../core/amounts';
import { HIDDEN_IMAGE_FILES, HOST_ACCESS, MOUNT_CONFLICT, NESTED_MOUNT, SCARCE_MEMORY } from '../kinds/diagnostics';
import { kibibyteQuantity } from '../kinds/quantity';
import type { ContainerDescription, NamedVolume } from './pod-description';

/** What is wrong with where the volumes of a container are mounted. */
export function mountProblems(place: string, { volumes }: ContainerDescription): Problem[] {
  return volumes.flatMap(({ volume }, index) => {
    const { mountPath } = volume;
    const problems: Problem[] = [];
    const found = (rule: Rule, message: string, fix: string): void => {
      problems.push({ rule, property: `${place}volumes`, value: show(mountPath), message, fix });
    };
    if (volumes.slice(0, index).some((other) => other.volume.mountPath === mountPath))
      found(MOUNT_CONFLICT, `two volumes are mounted at ${mountPath}.`, 'Mount one of them elsewhere.');
    if (volumes.some((other) => other.volume.readOnly && isBelow(mountPath, other.volume.mountPath)))
      found(NESTED_MOUNT, `${mountPath} is mounted inside a volume that is read-only.`, 'Mount it beside that volume.');
    if (IMAGE_DIRECTORIES.includes(mountPath)) {
      const message = `a volume is mounted at ${mountPath}, where the image keeps its own files.`;
      found(HIDDEN_IMAGE_FILES, message, 'Mount it at a path of its own, such as /data.');
    }
    const { hostPath } = volume._source;
    if (hostPath) found(HOST_ACCESS, `${hostPath.path} of the node is mounted.`, 'Use a claim or a CSI volume.');
    return problems;
  });
}

/** Whether `path` lies inside `parent`, by path segments: `/data-old` is not inside `/data`. */
function isBelow(path: string, parent: string): boolean {
  return path.startsWith(`${parent}/`);
}

const IMAGE_DIRECTORIES = [
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib64',
  '/opt',
  '/proc',
  '/root',
  '/sbin',
  '/sys',
  '/usr',
  '/usr/bin',
  '/usr/lib',
  '/usr/local',
  '/var',
];

/** Volumes in memory that leave nothing of the memory of the container. */
export function memoryProblems({ memoryKib, volumes }: ContainerDescription): Problem[] {
  if (memoryKib === undefined) return [];
  const inMemory = volumes.reduce((sum, named) => sum + memoryOf(named), 0);
  if (inMemory < memoryKib) return [];
  const [held, memory] = [inMemory, memoryKib].map(kibibyteQuantity);
  const message = `volumes in memory may hold ${held}, and the memory of the container is ${memory}.`;
  const fix = 'Give more memory or less sharedMemory.';
  return [{ rule: SCARCE_MEMORY, property: 'sharedMemory', value: held, message, fix }];
}

function memoryOf({ volume }: NamedVolume): number {
  return volume._memory === undefined ? 0 : kibibytes(volume._memory);
}
