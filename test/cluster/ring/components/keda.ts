import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component, Site } from '../component';
import { httpHealthy } from './healthy';
import { kubeconfigOf, servingCertificate } from './kube-apiserver';
import { systemNamespace, webhookCertificates } from './operator-files';

const NAMESPACE = 'keda';
const KEDA = 'github.com/kedacore/keda/v2';

/** KEDA: autoscalers that follow any metric, and servers that sleep when there is nothing to do. */
export const keda: Component = {
  name: 'keda',
  module: 'keda',
  mainPackage: `${KEDA}/cmd/operator`,
  needs: ['kube-controller-manager'],
  ports: ['metrics', 'health', 'metrics-service'],
  // Those of cloud events too, without which it ends after two minutes.
  crds: ['config/crd/bases'],
  prepare: (site) => {
    // The service for its metrics server wants to check the certificates of clients.
    copyFileSync(servingCertificate(site).certificate, join(certificates(site), 'ca.crt'));
  },
  before: () => [systemNamespace(NAMESPACE)],
  args: (site) => [
    `--kubeconfig=${kubeconfigOf(site)}`,
    `--metrics-bind-address=127.0.0.1:${site.port('keda', 'metrics')}`,
    `--health-probe-bind-address=127.0.0.1:${site.port('keda', 'health')}`,
    `--metrics-service-bind-address=127.0.0.1:${site.port('keda', 'metrics-service')}`,
    '--enable-cert-rotation=false',
    `--cert-dir=${certificates(site)}`,
  ],
  env: () => ({ POD_NAMESPACE: NAMESPACE, KEDA_CLUSTER_OBJECT_NAMESPACE: NAMESPACE, WATCH_NAMESPACE: '' }),
  missing: (site) => httpHealthy(site, 'keda', 'health', '/readyz'),
};

/** The webhooks of KEDA, a program of their own: they refuse what would fight with another autoscaler. */
export const kedaWebhooks: Component = {
  name: 'keda-webhooks',
  module: 'keda',
  mainPackage: `${KEDA}/cmd/webhooks`,
  needs: ['keda'],
  ports: ['webhook', 'metrics', 'health'],
  args: (site) => [
    `--kubeconfig=${kubeconfigOf(site)}`,
    `--port=${site.port('keda-webhooks', 'webhook')}`,
    `--metrics-bind-address=127.0.0.1:${site.port('keda-webhooks', 'metrics')}`,
    `--health-probe-bind-address=127.0.0.1:${site.port('keda-webhooks', 'health')}`,
    `--cert-dir=${certificates(site)}`,
  ],
  env: () => ({ POD_NAMESPACE: NAMESPACE }),
  missing: (site) => httpHealthy(site, 'keda-webhooks', 'health', '/readyz'),
  webhooks: { file: 'config/webhooks/validation_webhooks.yaml', port: 'webhook' },
};

function certificates(site: Site): string {
  return webhookCertificates(site, join(site.folderOf('keda'), 'certificates'));
}
