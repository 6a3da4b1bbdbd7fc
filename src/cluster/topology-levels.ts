import { HOSTNAME_LABEL, ZONE_LABEL } from '../kinds/node-labels';
import type { ClusterProfile } from './profile';
import { Provider } from './settings';

/** Levels of the topology of every cluster, and the labels of nodes that tell them. */
const EVERYWHERE = {
  zone: ZONE_LABEL,
  host: HOSTNAME_LABEL,
  // Of GPU feature discovery: GPUs of several machines that NVLink connects.
  'nvlink-domain': 'nvidia.com/gpu.clique',
};

const BY_PROVIDER: { readonly [provider in Provider]?: { readonly [name: string]: string } } = {
  // https://docs.aws.amazon.com/eks/latest/userguide/node-topology.html
  [Provider.AWS]: {
    'network-node-layer-1': 'topology.k8s.aws/network-node-layer-1',
    'network-node-layer-2': 'topology.k8s.aws/network-node-layer-2',
    'network-node-layer-3': 'topology.k8s.aws/network-node-layer-3',
  },
  // https://cloud.google.com/ai-hypercomputer/docs/workloads/schedule-gke-workloads-tas
  [Provider.GCP]: {
    block: 'cloud.google.com/gce-topology-block',
    subblock: 'cloud.google.com/gce-topology-subblock',
  },
};

/** Labels of every level of the topology of a cluster, by name. */
export function topologyLevels({ provider, topologyLevels: own }: ClusterProfile): { readonly [name: string]: string } {
  return { ...EVERYWHERE, ...BY_PROVIDER[provider], ...own };
}
