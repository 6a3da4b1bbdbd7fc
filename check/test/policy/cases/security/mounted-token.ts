import { Severity } from '../../../../src/policy/finding';
import { mountedToken } from '../../../../src/policy/rules/security/mounted-token';
import type { RuleCase } from '../../rule-case';
import { WEB } from '../serving/served';
import { TRAINED } from './trained';

const ACCOUNT = `
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: runner, namespace: research }
automountServiceAccountToken: false
`;

const BINDING = `
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: runner, namespace: research }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: runner }
subjects: [{ kind: ServiceAccount, name: runner }]
`;

export const MOUNTED_TOKEN: RuleCase = {
  rule: mountedToken,
  good: TRAINED,
  flips: [
    {
      change: { 'spec.template.spec.automountServiceAccountToken': undefined },
      at: 'spec.template.spec.automountServiceAccountToken',
      says: /a token of the API server/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'its account has rights':
      TRAINED.replace('automountServiceAccountToken: false', 'serviceAccountName: runner') + BINDING,
    'a launcher that starts its workers through the API server': `
apiVersion: kubeflow.org/v1
kind: MPIJob
metadata: { name: train, namespace: research }
spec:
  mpiReplicaSpecs:
    Launcher: { template: { spec: { containers: [{ name: mpi, image: 'example.com/mpi:v1' }] } } }
    Worker:
      template:
        spec: { automountServiceAccountToken: false, containers: [{ name: mpi, image: 'example.com/mpi:v1' }] }
`,
    'it is no work of models': WEB,
    'its account has none':
      TRAINED.replace('automountServiceAccountToken: false', 'serviceAccountName: runner') + ACCOUNT,
  },
};
