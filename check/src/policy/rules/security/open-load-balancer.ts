import { sameNamespace } from '../../../inventory/inventory';
import { isModelServer } from '../../../inventory/model-server';
import type { Resource } from '../../../inventory/resource';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** All addresses. */
const EVERYBODY = /^(0\.0\.0\.0|::)\/0$/;

export const openLoadBalancer: Rule<Scope.SET> = {
  name: 'open-load-balancer',
  group: Group.SECURITY,
  facts: ['ML-SEC-012'],
  scope: Scope.SET,
  why: 'A server of models has no users of its own: whoever finds the address uses your GPUs. https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer',
  fix: 'Set loadBalancerSourceRanges, or make it internal, or put a gateway with authentication before it.',
  check: (inventory) => {
    const servers = inventory.servers.filter((each) => isModelServer(each, inventory));
    return inventory.of('', 'Service').flatMap((service) => {
      const type = service.at('spec', 'type');
      const ranges = service.at('spec', 'loadBalancerSourceRanges').items;
      const limited = ranges.length > 0 && !ranges.some(({ text = '' }) => EVERYBODY.test(text));
      if (type.text !== 'LoadBalancer' || limited || isInternal(service)) return [];
      const selector = Object.entries(service.at('spec', 'selector').labels);
      const server = servers.find(
        ({ resource, pods }) =>
          sameNamespace(resource.namespace, service.namespace) &&
          selector.length > 0 &&
          pods.some(({ labels }) => selector.every(([key, value]) => labels[key] === value)),
      );
      return server ? [warning(type, `opens ${server.resource.title} to everybody.`)] : [];
    });
  },
};

/** Annotations by which clouds keep a load balancer inside. https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer */
function isInternal({ annotations, top }: Resource): boolean {
  if (/internal|private|tailscale/.test(top.at('spec', 'loadBalancerClass').text ?? '')) return true;
  return Object.entries(annotations).some(
    ([key, value]) =>
      (/load-balancer-(internal|scheme|type)$|internal-load-balancer$/.test(key) && /^(true|internal)$/i.test(value)) ||
      (/source-ranges/.test(key) && !value.includes('/0')),
  );
}
