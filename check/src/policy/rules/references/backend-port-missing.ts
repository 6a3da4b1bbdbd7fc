import type { Field } from '../../../inventory/field';
import type { Inventory } from '../../../inventory/inventory';
import type { Resource } from '../../../inventory/resource';
import type { Remark } from '../../finding';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const backendPortMissing: Rule<Scope.OBJECT> = {
  name: 'backend-port-missing',
  group: Group.REFERENCES,
  packs: [Group.SERVING],
  facts: [],
  scope: Scope.OBJECT,
  why: 'An Ingress that leads to a port which the Service does not have answers every request with an error. https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource',
  fix: 'Name a port of the Service.',
  check: (ingress, inventory) => {
    if (!ingress.is('Ingress', 'networking.k8s.io')) return [];
    const spec = ingress.at('spec');
    const paths = spec.at('rules').items.flatMap((rule) => rule.at('http', 'paths').items);
    const backends = [spec.at('defaultBackend'), ...paths.map((path) => path.at('backend'))];
    return backends.flatMap((backend) => remark(backend.at('service'), ingress, inventory));
  },
};

function remark(backend: Field, { namespace }: Resource, inventory: Inventory): Remark[] {
  const name = backend.at('name').text;
  const service = name === undefined ? undefined : inventory.find('', 'Service', name, namespace);
  if (service === undefined) return [];
  const ports = service.at('spec', 'ports').items;
  for (const [key, of] of [
    ['number', 'port'],
    ['name', 'name'],
  ]) {
    const wanted = backend.at('port', key);
    if (!wanted.exists || ports.some((port) => port.at(of).value === wanted.value)) continue;
    const has = ports.map((port) => String(port.at(of).value ?? 'none')).join(', ');
    return [error(wanted, `leads to port ${wanted.value} of Service ${name}, which has ${has}.`)];
  }
  return [];
}
