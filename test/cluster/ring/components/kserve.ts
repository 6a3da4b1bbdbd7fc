import type { Manifest } from '../api/manifest';
import type { Component } from '../component';
import { shippedManifests } from '../process/modules';
import { httpHealthy } from './healthy';
import { kubeconfigOf } from './kube-apiserver';
import { systemNamespace, temporaryFolderWithCertificates } from './operator-files';

const NAMESPACE = 'kserve';
/** The folder of the module with everything as it is installed, images included. */
const INSTALLATION = 'install/v0.20.0';

/** KServe without Knative and without ingress: an InferenceService becomes a Deployment, a Service and an HPA. */
export const kserve: Component = {
  name: 'kserve',
  module: 'kserve',
  mainPackage: 'github.com/kserve/kserve/cmd/manager',
  needs: ['kube-controller-manager'],
  ports: ['webhook', 'metrics', 'health'],
  crds: [`${INSTALLATION}/kserve-crds.yaml`],
  prepare: (site) => void temporaryFolderWithCertificates(site, 'kserve'),
  before: () => [
    systemNamespace(NAMESPACE),
    ...shippedManifests(kserve, ['config/configmap/inferenceservice.yaml']).map(standardMode),
  ],
  args: (site) => [
    `--kubeconfig=${kubeconfigOf(site)}`,
    `--webhook-port=${site.port('kserve', 'webhook')}`,
    `--metrics-addr=127.0.0.1:${site.port('kserve', 'metrics')}`,
    `--health-probe-addr=127.0.0.1:${site.port('kserve', 'health')}`,
  ],
  env: (site) => ({ TMPDIR: site.folderOf('kserve'), POD_NAMESPACE: NAMESPACE }),
  missing: (site) => httpHealthy(site, 'kserve', 'health', '/readyz'),
  // Its pod webhook sees only pods of its own services.
  webhooks: { file: 'config/webhook/manifests.yaml', port: 'webhook' },
  after: () =>
    shippedManifests(kserve, [`${INSTALLATION}/kserve-cluster-resources.yaml`]).filter(
      ({ kind }) => kind === 'ClusterServingRuntime',
    ),
};

function standardMode(configMap: Manifest): Manifest {
  const data = configMap.data as { [key: string]: string };
  const ingress = { ...(JSON.parse(data.ingress) as object), disableIngressCreation: true };
  const deploy = { defaultDeploymentMode: 'Standard' };
  return {
    ...configMap,
    metadata: { ...configMap.metadata, namespace: NAMESPACE },
    data: { ...data, deploy: JSON.stringify(deploy), ingress: JSON.stringify(ingress) },
  };
}
