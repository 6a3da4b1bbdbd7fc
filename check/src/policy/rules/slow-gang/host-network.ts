import { isFabric } from '../../../inventory/device';
import type { PodFacts } from '../../../inventory/pod';
import { Nature } from '../../../inventory/workload';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Settings of NCCL and libfabric that name the cards of the node. */
const FABRIC_SETTING =
  /^(NCCL_IB_(?!DISABLE)\w+|NCCL_NET|FI_PROVIDER|NCCL_TOPO_FILE|UCX_NET_DEVICES|NCCL_FASTRAK_\w+|NCCL_GPUDIRECTTCPX_\w+)$/;

/** Slices of TPUs exchange gradients over the network of the nodes. https://docs.cloud.google.com/kubernetes-engine/docs/how-to/tpu-multislice */
const SLICES = /^google\.com\/tpu$/;

export const hostNetwork: Rule<Scope.POD> = {
  name: 'host-network',
  group: Group.SLOW_GANG,
  facts: ['ML-DIST-013'],
  scope: Scope.POD,
  why: 'The network of the node makes no gang faster without a fabric that needs it: policies no longer hold, ports clash between pods of one node, and names of Services do not resolve unless dnsPolicy says so. https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy',
  fix: 'Leave hostNetwork out, or name the fabric and set dnsPolicy to ClusterFirstWithHostNet.',
  check: (pod) => {
    const field = pod.at('hostNetwork');
    const { nature, isGang } = pod.workload;
    if (field.boolean !== true || nature === Nature.AGENT) return [];
    if (!isGang && (nature !== Nature.RUN || pod.deviceCount === 0)) return [];
    if (!usesFabric(pod)) return [warning(field, 'uses the network of its nodes, and names no fabric that needs it.')];
    const policy = pod.at('dnsPolicy');
    if (policy.text === 'ClusterFirstWithHostNet' || policy.text === 'None') return [];
    return [warning(policy, 'uses the network of its nodes, and does not ask the DNS of the cluster.')];
  },
};

function usesFabric(pod: PodFacts): boolean {
  return pod.workload.pods.some(({ containers }) =>
    containers.some(
      ({ asked, env, mounts }) =>
        asked.some(({ resource }) => isFabric(resource) || SLICES.test(resource)) ||
        env.some(({ name }) => FABRIC_SETTING.test(name)) ||
        mounts.some(({ path }) => path.startsWith('/dev/infiniband')),
    ),
  );
}
