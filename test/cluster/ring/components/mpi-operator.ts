import type { Component } from '../component';
import { httpGet } from '../process/http-get';
import { kubeconfigOf } from './kube-apiserver';

/** Where it reports its health, on every address of the machine; it cannot be told another port. */
const HEALTH = 'http://127.0.0.1:8080/healthz';

/** The MPI operator: a launcher that starts processes on workers over SSH. It has no webhooks. */
export const mpiOperator: Component = {
  name: 'mpi-operator',
  module: 'mpi-operator',
  mainPackage: 'github.com/kubeflow/mpi-operator/cmd/mpi-operator',
  needs: ['kube-controller-manager'],
  takes: 'port 8080 of the MPI operator',
  ports: [],
  crds: ['manifests/base/kubeflow.org_mpijobs.yaml'],
  args: (site) => [`-kubeConfig=${kubeconfigOf(site)}`, '-lock-namespace=default', '-monitoring-port=0'],
  // It prefers the file that this variable names.
  env: (site) => ({ KUBECONFIG: kubeconfigOf(site) }),
  missing: async () => {
    const answer = await httpGet(HEALTH);
    return answer.status === 200 ? undefined : `GET ${HEALTH} answered ${answer.status}: ${answer.text}`;
  },
};
