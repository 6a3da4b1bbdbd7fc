import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const mpiJobVersions: Rule<Scope.SET> = {
  name: 'mpi-job-versions',
  group: Group.REFERENCES,
  packs: [Group.PENDING],
  facts: [],
  scope: Scope.SET,
  why: 'v1 is of the Training Operator and v2beta1 of the MPI Operator: both define the same kind, and a cluster can have one of them. https://www.kubeflow.org/docs/components/trainer/legacy-v1/user-guides/mpi/',
  fix: 'Write all of them for kubeflow.org/v2beta1.',
  check: (inventory) => {
    const jobs = inventory.of('kubeflow.org', 'MPIJob');
    const newer = jobs.find(({ apiVersion }) => apiVersion === 'kubeflow.org/v2beta1');
    if (newer === undefined) return [];
    const older = jobs.filter(({ apiVersion }) => apiVersion === 'kubeflow.org/v1');
    return older.map((job) => error(job.at('apiVersion'), `is of v1, and ${newer.title} is of v2beta1.`));
  },
};
