import { Severity } from '../../../../src/policy/finding';
import { duplicateMountPath } from '../../../../src/policy/rules/pending/duplicate-mount-path';
import { CONTAINER, jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

export const TWO_VOLUMES = 'volumes: [{ name: a, emptyDir: {} }, { name: b, emptyDir: {} }]';
const at = `${CONTAINER}.volumeMounts[1].mountPath`;

export const DUPLICATE_MOUNT_PATH: RuleCase = {
  rule: duplicateMountPath,
  good: jobWith({
    pod: TWO_VOLUMES,
    container: 'volumeMounts: [{ name: a, mountPath: /data }, { name: b, mountPath: /cache }]',
  }),
  flips: [
    { change: { [at]: '/data' }, at, says: /mounts two volumes at \/data in container main/, severity: Severity.ERROR },
  ],
  cluster: 'rejects',
};
