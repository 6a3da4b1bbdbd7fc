import type { Component } from '../component';
import { httpHealthy } from './healthy';
import { kubeconfigOf } from './kube-apiserver';

/**
 * KubeRay: clusters of Ray. Its webhook, which is off unless asked for and serves on one fixed port, stays off; it checks
 * clusters itself and says what is wrong in events.
 */
export const kuberay: Component = {
  name: 'kuberay',
  module: 'kuberay',
  mainPackage: 'github.com/ray-project/kuberay/ray-operator',
  needs: ['kube-controller-manager'],
  ports: ['metrics', 'health', 'dashboard'],
  crds: ['config/crd/bases'],
  args: (site) => [
    `--kubeconfig=${kubeconfigOf(site)}`,
    `--metrics-addr=127.0.0.1:${site.port('kuberay', 'metrics')}`,
    `--health-probe-bind-address=127.0.0.1:${site.port('kuberay', 'health')}`,
    '--enable-leader-election=false',
  ],
  // It asks the head how a job does; a proxy, which a test has there or not, answers in the place of any head.
  env: (site) => ({ HTTP_PROXY: `http://127.0.0.1:${site.port('kuberay', 'dashboard')}` }),
  missing: (site) => httpHealthy(site, 'kuberay', 'health', '/readyz'),
};
