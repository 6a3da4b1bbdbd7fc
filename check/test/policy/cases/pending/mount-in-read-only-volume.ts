import { Severity } from '../../../../src/policy/finding';
import { mountInReadOnlyVolume } from '../../../../src/policy/rules/pending/mount-in-read-only-volume';
import { CONTAINER, jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const manifest = (parent: string, child = ''): string =>
  jobWith({
    pod: 'volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }, { name: ckpt, persistentVolumeClaim: { claimName: ckpt } }]',
    container: `volumeMounts: [{ name: data, mountPath: ${parent} }, { name: ckpt, mountPath: /data/ckpt${child} }]`,
  });
const at = `${CONTAINER}.volumeMounts[1].mountPath`;

export const MOUNT_IN_READ_ONLY_VOLUME: RuleCase = {
  rule: mountInReadOnlyVolume,
  good: manifest('/data'),
  flips: [
    {
      change: { [`${CONTAINER}.volumeMounts[0].readOnly`]: true },
      at,
      says: /at \/data\/ckpt in container main, which lies in the read-only \/data/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'another directory': manifest('/data-old, readOnly: true'),
    'both are read-only': manifest('/data, readOnly: true', ', readOnly: true'),
  },
};
