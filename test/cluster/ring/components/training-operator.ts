import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component } from '../component';
import { httpHealthy } from './healthy';
import { kubeconfigOf } from './kube-apiserver';
import { systemNamespace, temporaryFolderWithCertificates } from './operator-files';

/** Kinds that it runs beside the MPI operator. */
const KINDS = ['pytorchjob', 'tfjob', 'xgboostjob', 'paddlejob', 'jaxjob'];
/** Where it waits for a certificate to appear, whatever `TMPDIR` says; it serves the one in `TMPDIR`. */
const FIXED_FOLDER = '/tmp/k8s-webhook-server/serving-certs';

/**
 * The Kubeflow Training Operator v1: PyTorchJob and its siblings. MPIJob is left out: it serves another version of it than the MPI
 * operator, and both want its name.
 *
 * It insists on making certificates: for these it has a Secret and a webhook configuration without webhooks. The real
 * configuration has another name and the certificate of the ring.
 */
export const trainingOperator = operatorOf('training-operator', KINDS);

/** The same with MPIJob v1, where the MPI operator is not. */
export const trainingOperatorWithMpi = operatorOf('training-operator-with-mpi', [...KINDS, 'mpijob']);

function operatorOf(name: string, kinds: readonly string[]): Component {
  return {
    name,
    binary: 'training-operator',
    module: 'training-operator',
    mainPackage: 'github.com/kubeflow/training-operator/cmd/training-operator.v1',
    needs: ['kube-controller-manager'],
    ports: ['webhook', 'metrics', 'health'],
    crds: kinds.map((kind) => `manifests/base/crds/kubeflow.org_${kind}s.yaml`),
    prepare: (site) => {
      temporaryFolderWithCertificates(site, name);
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
      ...kinds.map((kind) => `--enable-scheme=${kind}`),
      `--kubeconfig=${kubeconfigOf(site)}`,
      `--webhook-server-port=${site.port(name, 'webhook')}`,
      `--metrics-bind-address=127.0.0.1:${site.port(name, 'metrics')}`,
      `--health-probe-bind-address=127.0.0.1:${site.port(name, 'health')}`,
    ],
    env: (site) => ({ TMPDIR: site.folderOf(name) }),
    missing: (site) => httpHealthy(site, name, 'health', '/readyz'),
    webhooks: {
      file: 'manifests/base/webhook/manifests.yaml',
      port: 'webhook',
      // As it ships it is called like that of other operators.
      change: (configuration) => ({ ...configuration, metadata: { name: 'training-operator' } }),
    },
  };
}
