import type { Inventory } from '../../../inventory/inventory';
import type { Field } from '../../../inventory/field';
import { isOpen } from '../../../inventory/open-text';
import type { PodFacts } from '../../../inventory/pod';
import type { Resource } from '../../../inventory/resource';
import { isHeadless, selectsPods, servicesOf } from '../../../inventory/service';
import type { Remark } from '../../finding';
import { error, info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { serviceOfFirst } from './rendezvous';

export const gangService: Rule<Scope.GANG> = {
  name: 'gang-service',
  group: Group.SLOW_GANG,
  facts: ['ML-DIST-008'],
  scope: Scope.GANG,
  why: 'Pods of an Indexed Job have names in DNS only below a headless Service that their subdomain names, and before they are ready only when it publishes addresses that are not. https://kubernetes.io/docs/tasks/job/job-with-pod-to-pod-communication/',
  fix: 'Add a Service with clusterIP None, publishNotReadyAddresses true and the pods as its selector, and name it in subdomain.',
  check: (workload, inventory) => {
    if (workload.resource.group !== 'batch') return [];
    const [pod] = workload.pods;
    const subdomain = pod.at('subdomain');
    const called = pod.containers.flatMap((container) => serviceOfFirst(container) ?? [])[0];
    if (subdomain.text === undefined) {
      if (called === undefined || subdomain.exists) return [];
      return [error(subdomain, `calls its first pod below the Service ${called} and has no subdomain.`)];
    }
    if (called !== undefined && called !== subdomain.text) {
      return [
        error(subdomain, `calls its first pod below the Service ${called} and has the subdomain ${subdomain.text}.`),
      ];
    }
    const service = inventory.find('', 'Service', subdomain.text, workload.resource.namespace);
    return service ? faultsOf(service, pod) : misnamed(subdomain, pod, inventory);
  },
};

function faultsOf(service: Resource, pod: PodFacts): Remark[] {
  const gang = pod.workload.resource.title;
  const clusterIp = service.at('spec', 'clusterIP');
  if (clusterIp.text !== 'None') return [error(clusterIp, `is not headless, so the pods of ${gang} have no names.`)];
  const selector = service.at('spec', 'selector');
  if (selector.exists && !selectsPods(service, pod)) return [error(selector, `does not select the pods of ${gang}.`)];
  const published = service.at('spec', 'publishNotReadyAddresses');
  if (published.boolean === true) return [];
  const waits = pod.initContainers.length > 0 || pod.containers.some(({ field }) => field.at('readinessProbe').exists);
  const message = `does not publish the pods of ${gang} before they are ready.`;
  return [waits ? error(published, message) : warning(published, message)];
}

/** What is said when no Service has the name of the subdomain: one of another name is made for these pods, or none is here. */
function misnamed(subdomain: Field, pod: PodFacts, inventory: Inventory): Remark[] {
  const own = servicesOf(pod, inventory).find(isHeadless);
  const name = subdomain.text!;
  if (own) return [error(subdomain, `has the subdomain ${name}, and its headless Service is ${own.name}.`)];
  if (isOpen(subdomain) || inventory.isExternal({ kind: 'Service', namespace: pod.workload.resource.namespace, name }))
    return [];
  const say = inventory.complete ? error : info; // it may be in the cluster already
  return [say(subdomain, `has the subdomain ${name}, and no headless Service of that name is here.`)];
}
