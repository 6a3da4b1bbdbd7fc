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
  good:
    TRAINED +
    BINDING.replace('subjects: [', 'subjects: [{ kind: User, name: other, apiGroup: rbac.authorization.k8s.io }, '),
  flips: [
    {
      change: { 'spec.template.spec.automountServiceAccountToken': undefined },
      at: 'spec.template.spec.automountServiceAccountToken',
      says: /a token of the API server/,
      severity: Severity.WARNING,
    },
    {
      // Rights of a user of the same name are none of the account.
      change: {
        'spec.template.spec.automountServiceAccountToken': undefined,
        'spec.template.spec.serviceAccountName': 'other',
      },
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

const MPI = (kind: string, apiVersion: string): string => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: train, namespace: research }
spec:
  runPolicy: { cleanPodPolicy: Running }
  mpiReplicaSpecs:
    Launcher: { template: { spec: { automountServiceAccountToken: false, containers: [{ name: mpi, image: 'example.com/mpi:v1' }] } } }
    Worker:
      replicas: 2
      template:
        spec: { automountServiceAccountToken: false, containers: [{ name: mpi, image: 'example.com/mpi:v1' }] }
`;
const ofRole = (role: string): string => `spec.mpiReplicaSpecs.${role}.template.spec.automountServiceAccountToken`;
const tokenOf = (role: string): RuleCase['flips'][number] => ({
  change: { [ofRole(role)]: undefined },
  at: ofRole(role),
  says: /a token of the API server/,
  severity: Severity.WARNING,
});

export const MOUNTED_TOKEN_OF_WORKER: RuleCase = {
  rule: mountedToken,
  good: MPI('MPIJob', 'kubeflow.org/v1'),
  flips: [tokenOf('Worker')],
};

export const MOUNTED_TOKEN_OF_NEWER_LAUNCHER: RuleCase = {
  rule: mountedToken,
  good: MPI('MPIJob', 'kubeflow.org/v2beta1'),
  flips: [tokenOf('Launcher'), tokenOf('Worker')],
};
