import { Severity } from '../../../../src/policy/finding';
import { mountHidesImageFiles } from '../../../../src/policy/rules/pending/mount-hides-image-files';
import { CONTAINER, jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = `${CONTAINER}.volumeMounts[0].mountPath`;
const mounted = (path: string, source: string, more = ''): string =>
  jobWith({
    pod: `volumes: [{ name: a, ${source} }]\n${more}`,
    container: `volumeMounts: [{ name: a, mountPath: ${path} }]`,
  });

export const MOUNT_HIDES_IMAGE_FILES: RuleCase = {
  rule: mountHidesImageFiles,
  good: mounted('/etc/trainer', 'configMap: { name: c }'),
  flips: [
    { change: { [at]: '/' }, at, says: /over the root of container main/, severity: Severity.ERROR },
    { change: { [at]: '/etc/' }, at, says: /over \/etc of container main/, severity: Severity.WARNING },
    { change: { [at]: '/usr/lib' }, at, says: /over \/usr\/lib of/, severity: Severity.WARNING },
  ],
  silent: {
    'directories of the node': mounted('/etc', 'hostPath: { path: /etc }'),
    'filled by an init container': mounted(
      '/usr/local',
      'emptyDir: {}',
      'initContainers: [{ name: i, image: "a:1", volumeMounts: [{ name: a, mountPath: /target }] }]',
    ),
  },
};
