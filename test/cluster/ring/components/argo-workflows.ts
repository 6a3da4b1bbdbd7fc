import type { Component } from '../component';
import { httpHealthy } from './healthy';
import { kubeconfigOf } from './kube-apiserver';
import { systemNamespace } from './operator-files';

const NAMESPACE = 'argo';
/** Of the containers that it adds to each pod. As it is installed they say nothing, which `restricted` refuses. */
const EXECUTOR = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/**
 * The workflow controller of Argo: steps that start one another's pods. It has no webhooks: what it dislikes, it says in the
 * status.
 *
 * Besides the port below it wants 6060, and does without it when somebody has that.
 */
export const argoWorkflows: Component = {
  name: 'argo-workflows',
  module: 'argo-workflows',
  mainPackage: 'github.com/argoproj/argo-workflows/v3/cmd/workflow-controller',
  needs: ['kube-controller-manager'],
  ports: ['metrics'],
  // Those of its installation manifests, which know no more than that there is a spec.
  crds: ['manifests/base/crds/minimal'],
  before: (site) => [
    systemNamespace(NAMESPACE),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'workflow-controller-configmap', namespace: NAMESPACE },
      data: {
        metricsConfig: JSON.stringify({ port: site.port('argo-workflows', 'metrics'), secure: false }),
        executor: JSON.stringify({ securityContext: EXECUTOR }),
      },
    },
  ],
  args: (site) => [
    `--kubeconfig=${kubeconfigOf(site)}`,
    `--namespace=${NAMESPACE}`,
    '--executor-image=registry.example.com/argoexec:v3',
  ],
  // It looks at schedules every 10 s otherwise, and waits as long before it looks at a workflow again.
  env: () => ({ LEADER_ELECTION_DISABLE: 'true', CRON_SYNC_PERIOD: '1s', DEFAULT_REQUEUE_TIME: '1s' }),
  missing: (site) => httpHealthy(site, 'argo-workflows', 'metrics', '/metrics'),
};
