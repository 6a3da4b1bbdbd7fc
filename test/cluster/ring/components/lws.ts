import { join } from 'node:path';
import type { Component } from '../component';
import { httpHealthy } from './healthy';
import { kubeconfigOf } from './kube-apiserver';
import { configurationFile, webhookCertificates } from './operator-files';

/** Label of the pods that it looks after. */
const NAME_LABEL = 'leaderworkerset.sigs.k8s.io/name';

/** LeaderWorkerSet: groups of a leader and its workers, for models that one node cannot serve. */
export const lws: Component = {
  name: 'lws',
  module: 'lws',
  mainPackage: 'sigs.k8s.io/lws/cmd',
  needs: ['kube-controller-manager'],
  ports: ['webhook', 'metrics', 'health'],
  crds: ['config/crd/bases'],
  prepare: (site) => {
    configurationFile(site, 'lws', {
      apiVersion: 'config.lws.x-k8s.io/v1alpha1',
      kind: 'Configuration',
      internalCertManagement: { enable: false },
      leaderElection: { leaderElect: false },
      webhook: {
        port: site.port('lws', 'webhook'),
        certDir: webhookCertificates(site, join(site.folderOf('lws'), 'certificates')),
      },
      metrics: { bindAddress: `127.0.0.1:${site.port('lws', 'metrics')}` },
      health: { healthProbeBindAddress: `127.0.0.1:${site.port('lws', 'health')}` },
    });
  },
  args: (site) => [`--config=${join(site.folderOf('lws'), 'config.yaml')}`, `--kubeconfig=${kubeconfigOf(site)}`],
  missing: (site) => httpHealthy(site, 'lws', 'health', '/readyz'),
  webhooks: {
    file: 'config/webhook/manifests.yaml',
    port: 'webhook',
    // Its own installation lets it see no pods but its own.
    change: ({ webhooks, ...configuration }) => ({
      ...configuration,
      metadata: { name: 'lws' },
      webhooks: (webhooks as { name: string }[]).map((webhook) =>
        /^[mv]pod\./.test(webhook.name) ? { ...webhook, objectSelector } : webhook,
      ),
    }),
  },
};

const objectSelector = { matchExpressions: [{ key: NAME_LABEL, operator: 'Exists' }] };
