import { isFabric, wholeNumber } from '../../../inventory/device';
import { gpusOf } from '../../../inventory/gpu-count';
import { machineOf } from '../../../inventory/machine';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** By which GKE gives a pod the networks of its GPUs. https://docs.cloud.google.com/kubernetes-engine/docs/how-to/gpu-bandwidth-gpudirect-tcpx */
const INTERFACES = /^(networking\.gke\.io\/interfaces|k8s\.v1\.cni\.cncf\.io\/networks|devices\.gke\.io\/.+)$/;

export const fabricDevices: Rule<Scope.CONTAINER> = {
  name: 'fabric-devices',
  group: Group.SLOW_GANG,
  facts: ['ML-DIST-004', 'ML-DIST-005'],
  scope: Scope.CONTAINER,
  why: 'A gang on machines with a fast fabric talks over TCP unless its pods ask for the cards; pods that take all GPUs and a part of the cards get paths across the sockets of the machine. https://docs.aws.amazon.com/eks/latest/userguide/node-efa.html',
  fix: 'Ask for all cards of the machine, such as vpc.amazonaws.com/efa.',
  check: (container, inventory) => {
    const { pod, part } = container;
    const gpus = gpusOf(container);
    if (!pod.workload.isGang || pod.partial || part !== 'main' || !gpus) return [];
    const machine = machineOf(pod, inventory);
    if (!machine?.fabricDevices) return [];
    const { name, fabricDevices: cards, devices, efa } = machine;
    const asked = container.asked.find(({ resource, field }) => isFabric(resource) && field.exists);
    const field = container.resources.at('limits', 'vpc.amazonaws.com/efa');
    if (asked === undefined) {
      if (devices !== undefined && gpus < devices) return []; // the cards near its part of the machine cannot be named
      if (Object.keys(pod.annotations).some((key) => INTERFACES.test(key)) || isPrivileged(container.field)) return [];
      const place = efa ? field : container.resources.at('limits');
      const message = `asks for none of the ${cards} network cards of ${name}, so the gang talks over TCP.`;
      return [{ ...warning(place, message), without: ['ML-DIST-005'] }];
    }
    const count = wholeNumber(asked.field);
    if (!efa || count === undefined || count === cards || gpus !== devices) return [];
    const message = `takes all GPUs of ${name} and ${count} of its ${cards} network cards.`;
    return [{ ...warning(asked.field, message), without: ['ML-DIST-004'] }];
  },
};

function isPrivileged(container: { at(...keys: string[]): { readonly boolean?: boolean } }): boolean {
  return container.at('securityContext', 'privileged').boolean === true;
}
