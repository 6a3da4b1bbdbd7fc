import { join } from 'node:path';
import type { Component } from '../component';
import { httpsHealthy } from './healthy';
import { kubeconfigOf } from './kube-apiserver';
import { kubernetesLinkVariables } from './kubernetes';
import { configurationFile } from './operator-files';

const NAME = 'coscheduling';
/** Version of Kubernetes that it is built from. */
const KUBERNETES = 'v1.35.4';

/** A second scheduler, with the plugin that starts all pods of a PodGroup or none. */
export const coscheduling: Component = {
  name: NAME,
  module: 'scheduler-plugins',
  mainPackage: 'sigs.k8s.io/scheduler-plugins/cmd/scheduler',
  linkVariables: () => kubernetesLinkVariables(KUBERNETES),
  needs: ['kube-apiserver'],
  ports: ['secure'],
  crds: ['config/crd/bases'],
  prepare: (site) => {
    configurationFile(site, NAME, {
      apiVersion: 'kubescheduler.config.k8s.io/v1',
      kind: 'KubeSchedulerConfiguration',
      leaderElection: { leaderElect: false },
      clientConnection: { kubeconfig: kubeconfigOf(site) },
      profiles: [
        {
          schedulerName: 'scheduler-plugins-scheduler',
          plugins: {
            multiPoint: { enabled: [{ name: 'Coscheduling' }] },
            queueSort: { enabled: [{ name: 'Coscheduling' }], disabled: [{ name: '*' }] },
          },
          pluginConfig: [{ name: 'Coscheduling', args: { permitWaitingTimeSeconds: 10 } }],
        },
      ],
    });
  },
  args: (site) => [
    `--config=${join(site.folderOf(NAME), 'config.yaml')}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${site.port(NAME, 'secure')}`,
    `--cert-dir=${site.folderOf(NAME)}`,
    // A pod that the plugin turned away is looked at again when a pod of its group comes, or after this time: else five minutes.
    '--pod-max-in-unschedulable-pods-duration=5s',
  ],
  missing: (site) => httpsHealthy(site, NAME, 'secure', '/healthz'),
};
