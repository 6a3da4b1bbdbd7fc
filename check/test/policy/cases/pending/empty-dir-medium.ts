import { Severity } from '../../../../src/policy/finding';
import { emptyDirMedium } from '../../../../src/policy/rules/pending/empty-dir-medium';
import { jobWith, POD } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = `${POD}.volumes[0].emptyDir.medium`;
const withMedium = (medium: string): string =>
  jobWith({
    pod: `volumes: [{ name: shm, emptyDir: { medium: '${medium}', sizeLimit: 1Gi } }]`,
    container: 'volumeMounts: [{ name: shm, mountPath: /dev/shm }]',
  });

export const EMPTY_DIR_MEDIUM: RuleCase = {
  rule: emptyDirMedium,
  good: withMedium('Memory'),
  flips: ['memory', 'RAM'].map((medium) => ({
    change: { [at]: medium },
    at,
    says: new RegExp(`has the medium ${medium} in volume shm`),
    severity: Severity.ERROR,
  })),
  silent: { 'the disk': withMedium(''), 'huge pages': withMedium('HugePages-2Mi') },
};
