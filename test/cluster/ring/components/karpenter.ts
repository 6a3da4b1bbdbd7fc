import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component, Site } from '../component';
import { karpenterInstanceTypes } from '../nodes/karpenter-instance-types';
import { httpHealthy } from './healthy';
import { kubeconfigOf } from './kube-apiserver';

const instanceTypesFile = (site: Site): string => join(site.folderOf('karpenter'), 'instance-types.json');

/** Karpenter with its provider of simulated nodes, which can have every machine type of the catalogue on AWS. */
export const karpenter: Component = {
  name: 'karpenter',
  module: 'karpenter',
  mainPackage: 'sigs.k8s.io/karpenter/kwok',
  needs: ['kube-controller-manager', 'kwok'],
  ports: ['metrics', 'health'],
  crds: ['kwok/charts/crds', 'kwok/apis/crds'],
  before: () => [
    // What our node pools name; a real cluster has an EC2NodeClass here.
    { apiVersion: 'karpenter.kwok.sh/v1alpha1', kind: 'KWOKNodeClass', metadata: { name: 'gpu' }, spec: {} },
  ],
  prepare: (site) => writeFileSync(instanceTypesFile(site), JSON.stringify(karpenterInstanceTypes())),
  args: (site) => [`--instance-types-file-path=${instanceTypesFile(site)}`],
  env: (site) => ({
    KUBECONFIG: kubeconfigOf(site),
    METRICS_PORT: String(site.port('karpenter', 'metrics')),
    HEALTH_PROBE_PORT: String(site.port('karpenter', 'health')),
    DISABLE_LEADER_ELECTION: 'true',
    BATCH_IDLE_DURATION: '500ms',
    BATCH_MAX_DURATION: '2s',
  }),
  missing: (site) => httpHealthy(site, 'karpenter', 'health', '/readyz'),
};
