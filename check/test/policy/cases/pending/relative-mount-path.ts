import { Severity } from '../../../../src/policy/finding';
import { relativeMountPath } from '../../../../src/policy/rules/pending/relative-mount-path';
import { CONTAINER, jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = `${CONTAINER}.volumeMounts[0].mountPath`;
const mounted = (path: string): string =>
  jobWith({
    pod: 'volumes: [{ name: a, emptyDir: {} }]',
    container: `volumeMounts: [{ name: a, mountPath: '${path}' }]`,
  });

export const RELATIVE_MOUNT_PATH: RuleCase = {
  rule: relativeMountPath,
  good: mounted('/data'),
  flips: [
    {
      change: { [at]: 'data' },
      at,
      says: /mounts a volume at data, which is no whole path/,
      severity: Severity.WARNING,
    },
  ],
  silent: { 'on Windows': mounted('C:\\data'), 'filled in later': mounted('{{inputs.parameters.dir}}') },
};
