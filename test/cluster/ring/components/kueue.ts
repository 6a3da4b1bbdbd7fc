import { join } from 'node:path';
import type { Manifest } from '../api/manifest';
import type { Component, Site } from '../component';
import { shippedManifests } from '../process/modules';
import { httpHealthy } from './healthy';
import { kubeconfigOf } from './kube-apiserver';
import { configurationFile, systemNamespace, webhookCertificates } from './operator-files';

const NAMESPACE = 'kueue-system';
const CRDS = ['config/components/crd/bases'];
/** Kinds of which it wants to be the one who converts between versions. */
const CONVERTED = /^(clusterqueues|cohorts|localqueues|multikueueclusters|workloads)\./;
/** Kinds that it manages: those of its defaults that the ring can have, and those of the training operator. */
const FRAMEWORKS = [
  'batch/job',
  'jobset.x-k8s.io/jobset',
  'trainer.kubeflow.org/trainjob',
  'kubeflow.org/mpijob',
  'kubeflow.org/pytorchjob',
  'kubeflow.org/tfjob',
  'kubeflow.org/jaxjob',
  'kubeflow.org/xgboostjob',
  'ray.io/rayjob',
  'ray.io/raycluster',
  'leaderworkerset.x-k8s.io/leaderworkerset',
];

/**
 * Kueue: queues, quotas, and gangs that start whole.
 *
 * With certificates from outside it wants some below /etc. So it makes its own, for objects that nobody uses: a webhook
 * configuration without webhooks, and conversions from a version that nobody asks for. The real configuration has another
 * name and the certificate of the ring.
 */
export const kueue: Component = {
  name: 'kueue',
  module: 'kueue',
  mainPackage: 'sigs.k8s.io/kueue/cmd/kueue',
  needs: ['kube-controller-manager'],
  ports: ['webhook', 'metrics', 'health'],
  crds: CRDS,
  prepare: (site) => {
    configurationFile(site, 'kueue', {
      apiVersion: 'config.kueue.x-k8s.io/v1beta2',
      kind: 'Configuration',
      namespace: NAMESPACE,
      internalCertManagement: {
        enable: true,
        webhookServiceName: 'kueue-webhook-service',
        webhookSecretName: 'kueue-webhook-server-cert',
      },
      leaderElection: { leaderElect: false },
      webhook: { port: site.port('kueue', 'webhook'), certDir: certificates(site) },
      metrics: { bindAddress: `127.0.0.1:${site.port('kueue', 'metrics')}` },
      health: { healthProbeBindAddress: `127.0.0.1:${site.port('kueue', 'health')}` },
      integrations: { frameworks: FRAMEWORKS },
    });
  },
  before: () => [
    systemNamespace(NAMESPACE),
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'kueue-webhook-server-cert', namespace: NAMESPACE } },
    ...['Validating', 'Mutating'].map((way) => ({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: `${way}WebhookConfiguration`,
      metadata: { name: `kueue-${way.toLowerCase()}-webhook-configuration` },
    })),
    ...shippedManifests(kueue, CRDS)
      .filter(({ metadata }) => CONVERTED.test(metadata.name!))
      .map(withConversion),
  ],
  args: (site) => [
    `--config=${join(site.folderOf('kueue'), 'config.yaml')}`,
    `--kubeconfig=${kubeconfigOf(site)}`,
    // Its own API is served through a Service, which nothing here routes.
    '--feature-gates=VisibilityOnDemand=false',
  ],
  env: (site) => ({ TMPDIR: site.folderOf('kueue') }),
  missing: (site) => httpHealthy(site, 'kueue', 'health', '/readyz'),
  webhooks: {
    file: 'config/components/webhook/manifests.yaml',
    port: 'webhook',
    // These see the pods, Deployments and StatefulSets of everybody, which are not queued here.
    without: ['pod', 'deployment', 'statefulset'].flatMap((kind) => [`m${kind}.kb.io`, `v${kind}.kb.io`]),
    // As it ships it is called like that of other operators.
    change: (configuration) => ({
      ...configuration,
      metadata: { name: `ring-kueue-${configuration.kind.startsWith('Mutating') ? 'mutating' : 'validating'}` },
    }),
  },
};

function certificates(site: Site): string {
  return webhookCertificates(site, join(site.folderOf('kueue'), 'certificates'));
}

function withConversion(crd: Manifest): Manifest {
  const clientConfig = { url: 'https://127.0.0.1/convert' };
  const conversion = { strategy: 'Webhook', webhook: { clientConfig, conversionReviewVersions: ['v1'] } };
  return { ...crd, spec: { ...(crd.spec as object), conversion } };
}
