import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component } from '../component';
import { httpHealthy } from './healthy';
import { kubeconfigOf } from './kube-apiserver';
import { systemNamespace, temporaryFolderWithCertificates } from './operator-files';

/** Kinds that it runs. MPIJob is left out: it serves another version of it than the MPI operator, and both want its name. */
const KINDS = ['pytorchjob', 'tfjob', 'xgboostjob', 'paddlejob', 'jaxjob'];
/** Where it waits for a certificate to appear, whatever `TMPDIR` says; it serves the one in `TMPDIR`. */
const FIXED_FOLDER = '/tmp/k8s-webhook-server/serving-certs';

/**
 * The Kubeflow Training Operator v1: PyTorchJob and its siblings.
 *
 * It insists on making certificates: for these it has a Secret and a webhook configuration without webhooks. The real
 * configuration has another name and the certificate of the ring.
 */
export const trainingOperator: Component = {
  name: 'training-operator',
  module: 'training-operator',
  mainPackage: 'github.com/kubeflow/training-operator/cmd/training-operator.v1',
  needs: ['kube-controller-manager'],
  ports: ['webhook', 'metrics', 'health'],
  crds: KINDS.map((kind) => `manifests/base/crds/kubeflow.org_${kind}s.yaml`),
  prepare: (site) => {
    temporaryFolderWithCertificates(site, 'training-operator');
    const awaited = join(FIXED_FOLDER, 'tls.crt');
    if (existsSync(awaited)) return;
    mkdirSync(FIXED_FOLDER, { recursive: true });
    writeFileSync(
      awaited,
      'The training operator of the cluster tests waits until this file exists; nobody reads it.\n',
    );
  },
  before: () => [
    systemNamespace('kubeflow'),
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'training-operator-webhook-cert', namespace: 'kubeflow' },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'validator.training-operator.kubeflow.org' },
    },
  ],
  args: (site) => [
    ...KINDS.map((kind) => `--enable-scheme=${kind}`),
    `--kubeconfig=${kubeconfigOf(site)}`,
    `--webhook-server-port=${site.port('training-operator', 'webhook')}`,
    `--metrics-bind-address=127.0.0.1:${site.port('training-operator', 'metrics')}`,
    `--health-probe-bind-address=127.0.0.1:${site.port('training-operator', 'health')}`,
  ],
  env: (site) => ({ TMPDIR: site.folderOf('training-operator') }),
  missing: (site) => httpHealthy(site, 'training-operator', 'health', '/readyz'),
  webhooks: {
    file: 'manifests/base/webhook/manifests.yaml',
    port: 'webhook',
    // As it ships it is called like that of other operators.
    change: (configuration) => ({ ...configuration, metadata: { name: 'training-operator' } }),
  },
};
