import type { Component } from '../component';
import { httpsHealthy } from './healthy';
import { kubeconfigOf, serviceAccountKeyOf, servingCertificate } from './kube-apiserver';
import type { Kubernetes } from './kubernetes';
import { kubernetesLinkVariables, kubernetesModule } from './kubernetes';

/** All controllers of Kubernetes, with shorter periods where a stock cluster takes minutes. */
export const kubeControllerManager = ({ line }: Kubernetes): Component => ({
  name: 'kube-controller-manager',
  module: kubernetesModule(line),
  mainPackage: 'k8s.io/kubernetes/cmd/kube-controller-manager',
  linkVariables: kubernetesLinkVariables,
  needs: ['kube-apiserver'],
  ports: ['secure'],
  args: (site) => [
    `--kubeconfig=${kubeconfigOf(site)}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${site.port('kube-controller-manager', 'secure')}`,
    `--cert-dir=${site.folderOf('kube-controller-manager')}`,
    `--service-account-private-key-file=${serviceAccountKeyOf(site)}`,
    `--root-ca-file=${servingCertificate(site).certificate}`,
    '--leader-elect=false',
    '--node-monitor-period=1s',
    '--pvclaimbinder-sync-period=1s',
    // KWOK renews leases every 5 s: a node is dead when it has missed three.
    '--node-monitor-grace-period=16s',
    '--horizontal-pod-autoscaler-sync-period=1s',
  ],
  missing: (site) => httpsHealthy(site, 'kube-controller-manager', 'secure', '/healthz'),
});
