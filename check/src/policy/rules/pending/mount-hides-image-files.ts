import { Nature } from '../../../inventory/workload';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Directories of an image without which hardly any program starts. */
const SYSTEM: ReadonlySet<string> = new Set([
  '/bin',
  '/etc',
  '/lib',
  '/lib64',
  '/sbin',
  '/usr',
  '/usr/bin',
  '/usr/lib',
  '/usr/local',
]);

export const mountHidesImageFiles: Rule<Scope.CONTAINER> = {
  name: 'mount-hides-image-files',
  group: Group.PENDING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'A mount hides what the image has at its path; over the root no container starts. https://kubernetes.io/docs/concepts/storage/volumes/#how-volumes-work',
  fix: 'Mount at a directory of its own, such as /data.',
  check: ({ name, mounts, pod }) =>
    mounts.flatMap(({ field, path, volume }) => {
      const place = field.at('mountPath');
      const { text } = place;
      if (text === undefined || text === '') return [];
      if (path === '' && text.startsWith('/'))
        return [error(place, `mounts a volume over the root of container ${name}.`)];
      // Agents of the node bring the node's own directories.
      if (!SYSTEM.has(path) || volume?.nature === 'host-path' || pod.workload.nature === Nature.AGENT) return [];
      if (pod.initContainers.some((init) => init.mounts.some((other) => other.volume === volume))) return []; // fills it
      return [
        warning(place, `mounts a volume over ${path} of container ${name}, which hides what the image has there.`),
      ];
    }),
};
