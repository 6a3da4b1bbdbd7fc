import { Severity } from '../../../../src/policy/finding';
import { mpiJobVersions } from '../../../../src/policy/rules/references/mpi-job-versions';
import type { RuleCase } from '../../rule-case';

const job = (name: string, version: string): string => `
apiVersion: kubeflow.org/${version}
kind: MPIJob
metadata: { name: ${name}, namespace: ml }
spec:
  slotsPerWorker: 1
  runPolicy: { cleanPodPolicy: Running }
  mpiReplicaSpecs: {}
`;

export const MPI_JOB_VERSIONS: RuleCase = {
  rule: mpiJobVersions,
  good: `${job('one', 'v2beta1')}---${job('two', 'v2beta1')}`,
  flips: [
    {
      change: { apiVersion: 'kubeflow.org/v1' },
      at: 'apiVersion',
      says: /is of v1, and MPIJob ml\/two is of v2beta1/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'all of one version': `${job('one', 'v1')}---${job('two', 'v1')}` },
};
