import type { Component } from '../component';
import { httpsHealthy } from './healthy';
import { kubeconfigOf } from './kube-apiserver';
import type { Kubernetes } from './kubernetes';
import { kubernetesLinkVariables, kubernetesModule, switches } from './kubernetes';

/** The scheduler with its default profile. */
export const kubeScheduler = (kubernetes: Kubernetes): Component => ({
  name: 'kube-scheduler',
  module: kubernetesModule(kubernetes.line),
  mainPackage: 'k8s.io/kubernetes/cmd/kube-scheduler',
  linkVariables: kubernetesLinkVariables,
  needs: ['kube-apiserver'],
  ports: ['secure'],
  args: (site) => [
    `--kubeconfig=${kubeconfigOf(site)}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${site.port('kube-scheduler', 'secure')}`,
    `--cert-dir=${site.folderOf('kube-scheduler')}`,
    '--leader-elect=false',
    ...switches(kubernetes),
  ],
  missing: (site) => httpsHealthy(site, 'kube-scheduler', 'secure', '/healthz'),
});
