import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component } from '../component';
import { httpHealthy } from './healthy';
import { kubeconfigOf, servingCertificate } from './kube-apiserver';
import { systemNamespace, webhookCertificates } from './operator-files';

const NAMESPACE = 'keda';

/**
 * KEDA's operator, which makes HPAs of ScaledObjects. Its webhooks and its metrics API are programs of their own and do not
 * run: nothing scales on a metric here.
 */
export const keda: Component = {
  name: 'keda',
  module: 'keda',
  mainPackage: 'github.com/kedacore/keda/v2/cmd/operator',
  needs: ['kube-controller-manager'],
  ports: ['metrics', 'health', 'grpc'],
  crds: ['config/crd/bases'],
  prepare: (site) => {
    const folder = webhookCertificates(site, join(site.folderOf('keda'), 'certificates'));
    copyFileSync(servingCertificate(site).certificate, join(folder, 'ca.crt'));
  },
  before: () => [systemNamespace(NAMESPACE)],
  args: (site) => [
    `--kubeconfig=${kubeconfigOf(site)}`,
    `--metrics-bind-address=127.0.0.1:${site.port('keda', 'metrics')}`,
    `--health-probe-bind-address=127.0.0.1:${site.port('keda', 'health')}`,
    `--metrics-service-bind-address=127.0.0.1:${site.port('keda', 'grpc')}`,
    `--cert-dir=${join(site.folderOf('keda'), 'certificates')}`,
  ],
  env: () => ({ POD_NAMESPACE: NAMESPACE, KEDA_CLUSTER_OBJECT_NAMESPACE: NAMESPACE, WATCH_NAMESPACE: '' }),
  missing: (site) => httpHealthy(site, 'keda', 'health', '/readyz'),
};
