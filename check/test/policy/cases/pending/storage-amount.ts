import { Severity } from '../../../../src/policy/finding';
import { storageAmount } from '../../../../src/policy/rules/pending/storage-amount';
import type { RuleCase } from '../../rule-case';

const at = 'spec.resources.requests.storage';

export const STORAGE_AMOUNT: RuleCase = {
  rule: storageAmount,
  good: `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: ml }
spec:
  accessModes: [ReadWriteMany]
  resources: { requests: { storage: 100Gi } }
`,
  flips: [
    { change: { [at]: 0 }, at, says: /asks for no storage/, severity: Severity.ERROR },
    { change: { [at]: 100 }, at, says: /asks for 100 of storage/, severity: Severity.WARNING },
  ],
  silent: {
    'a megabyte': `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { accessModes: [ReadWriteMany], resources: { requests: { storage: 1Mi } } }
`,
  },
};
