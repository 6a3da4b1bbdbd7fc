import { join } from 'node:path';
import type { Component } from '../component';
import { httpHealthy } from './healthy';
import { kubeconfigOf } from './kube-apiserver';
import { configurationFile, temporaryFolderWithCertificates } from './operator-files';

/** JobSet: groups of Jobs that start, fail and restart together. Its webhooks fill in what a manifest leaves out. */
export const jobset: Component = {
  name: 'jobset',
  module: 'jobset',
  mainPackage: 'sigs.k8s.io/jobset',
  needs: ['kube-controller-manager'],
  ports: ['webhook', 'metrics', 'health'],
  crds: ['config/components/crd/bases'],
  prepare: (site) => {
    temporaryFolderWithCertificates(site, 'jobset');
    configurationFile(site, 'jobset', {
      apiVersion: 'config.jobset.x-k8s.io/v1alpha1',
      kind: 'Configuration',
      internalCertManagement: { enable: false },
      leaderElection: { leaderElect: false },
      webhook: { port: site.port('jobset', 'webhook') },
      metrics: { bindAddress: `127.0.0.1:${site.port('jobset', 'metrics')}` },
      health: { healthProbeBindAddress: `127.0.0.1:${site.port('jobset', 'health')}` },
    });
  },
  args: (site) => [`--config=${join(site.folderOf('jobset'), 'config.yaml')}`, `--kubeconfig=${kubeconfigOf(site)}`],
  env: (site) => ({ TMPDIR: site.folderOf('jobset') }),
  missing: (site) => httpHealthy(site, 'jobset', 'health', '/readyz'),
  webhooks: { file: 'config/components/webhook/manifests.yaml', port: 'webhook' },
};
