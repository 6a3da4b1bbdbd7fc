import type { Inventory } from '../../../inventory/inventory';
import { sameNamespace } from '../../../inventory/inventory';
import { LabelSelector } from '../../../inventory/label-selector';
import type { PodFacts } from '../../../inventory/pod';
import { podLabels } from '../../../inventory/pod-labels';
import type { Resource } from '../../../inventory/resource';
import { SelectorIndex } from '../../../inventory/selector-index';
import type { Remark } from '../../finding';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import type { Direction } from './policy-rules';
import { letsGang, letsNames, restricts } from './policy-rules';

export const gangNetworkPolicy: Rule<Scope.GANG> = {
  name: 'gang-network-policy',
  group: Group.SLOW_GANG,
  facts: ['ML-DIST-009'],
  scope: Scope.GANG,
  why: 'Pods of a gang talk on ports that are chosen when they start, and find each other by DNS: a policy that leaves either out lets the rendezvous time out. https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  fix: 'Add a rule with a podSelector of the pods themselves and without ports, and for egress one for port 53.',
  check: (workload, inventory) => {
    const pods = workload.pods.filter((pod) => !pod.partial && pod.at('hostNetwork').boolean !== true);
    return pods.flatMap((pod) => {
      const policies = policiesOn(pod, inventory);
      return (['ingress', 'egress'] as const).flatMap((direction) => judged(direction, pod, pods, policies));
    });
  },
};

function policiesOn(pod: PodFacts, inventory: Inventory): Resource[] {
  const index = inventory.once('network policies by label', () => {
    const policies = inventory.of('networking.k8s.io', 'NetworkPolicy');
    return new SelectorIndex(policies, (policy) => LabelSelector.of(policy.at('spec', 'podSelector')));
  });
  return index
    .selecting(podLabels(pod))
    .filter((policy) => sameNamespace(policy.namespace, pod.workload.resource.namespace));
}

function judged(direction: Direction, pod: PodFacts, pods: readonly PodFacts[], policies: Resource[]): Remark[] {
  const restricting = policies.filter((policy) => restricts(policy, direction));
  if (restricting.length === 0) return [];
  const blame = restricting.find((policy) => policy.at('spec', 'podSelector').keys.length > 0);
  const field = (blame ?? restricting[0]).at('spec', direction);
  const gang = pod.workload.resource.title;
  const report = blame ? error : warning; // one for the whole namespace may have companions elsewhere
  const isLet = pods.every((peer) => restricting.some((policy) => letsGang(policy, direction, peer)));
  if (!isLet) return [report(field, `keeps the pods of ${gang} from talking to each other on all ports.`)];
  const hasNames = direction === 'ingress' || restricting.some((policy) => letsNames(policy));
  return hasNames ? [] : [report(field, `keeps the pods of ${gang} from DNS.`)];
}
