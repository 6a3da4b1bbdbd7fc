import { Severity } from '../../../../src/policy/finding';
import { volumeDeletedWithClaim } from '../../../../src/policy/rules/lost-work/volume-deleted-with-claim';
import type { RuleCase } from '../../rule-case';
import { claim, saving, training } from './manifests';

const storageClass = (policy: string): string => `
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: gp3 }
provisioner: ebs.csi.aws.com
${policy}
`;
const OF_GP3 = 'storageClassName: gp3';
const says = /keeps what runs save, and its StorageClass gp3 deletes volumes with their claims/;
const at = 'spec.storageClassName';

export const VOLUME_DELETED_WITH_CLAIM: RuleCase = {
  rule: volumeDeletedWithClaim,
  good: `${saving()}${claim('fsx', 'ReadWriteMany', OF_GP3)}${storageClass('reclaimPolicy: Retain')}`,
  flips: [
    { change: { reclaimPolicy: 'Delete' }, object: 2, at, says, severity: Severity.WARNING },
    { change: { reclaimPolicy: undefined }, object: 2, at, says, severity: Severity.WARNING },
  ],
  silent: {
    'nothing is saved there': `${training('')}${claim('dataset', 'ReadWriteMany', OF_GP3)}${storageClass('')}`,
    'a class that is not here': `${saving()}${claim('fsx', 'ReadWriteMany', OF_GP3)}`,
  },
};
