import { join } from 'node:path';
import type { Component } from '../component';
import { shippedManifests } from '../process/modules';
import { httpHealthy } from './healthy';
import { kubeconfigOf } from './kube-apiserver';
import { configurationFile, temporaryFolderWithCertificates } from './operator-files';

/** The Kubeflow Trainer: a TrainJob takes its pods from a runtime of the platform team and becomes a JobSet. */
export const trainer: Component = {
  name: 'trainer',
  module: 'trainer',
  mainPackage: 'github.com/kubeflow/trainer/v2/cmd/trainer-controller-manager',
  needs: ['jobset'],
  ports: ['webhook', 'metrics', 'health', 'status'],
  crds: ['manifests/base/crds'],
  prepare: (site) => {
    temporaryFolderWithCertificates(site, 'trainer');
    configurationFile(site, 'trainer', {
      apiVersion: 'config.trainer.kubeflow.org/v1alpha1',
      kind: 'Configuration',
      certManagement: { enable: false },
      leaderElection: { leaderElect: false },
      webhook: { port: site.port('trainer', 'webhook') },
      metrics: { bindAddress: `127.0.0.1:${site.port('trainer', 'metrics')}`, secureServing: false },
      health: { healthProbeBindAddress: `127.0.0.1:${site.port('trainer', 'health')}` },
      statusServer: { port: site.port('trainer', 'status') },
    });
  },
  args: (site) => [`--config=${join(site.folderOf('trainer'), 'config.yaml')}`, `--kubeconfig=${kubeconfigOf(site)}`],
  env: (site) => ({ TMPDIR: site.folderOf('trainer') }),
  missing: (site) => httpHealthy(site, 'trainer', 'health', '/readyz'),
  webhooks: {
    file: 'manifests/base/webhook/manifests.yaml',
    port: 'webhook',
    // As it ships it is called like that of other operators.
    change: (configuration) => ({ ...configuration, metadata: { name: 'trainer' } }),
  },
  after: () => shippedManifests(trainer, ['manifests/base/runtimes/torch_distributed.yaml']),
};
