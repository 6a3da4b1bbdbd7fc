import { successorOf } from 'cdk8s-ml/floor/kinds/node-labels';
import type { Field } from '../../../inventory/field';
import type { PodFacts } from '../../../inventory/pod';
import { demandsOf } from '../../../inventory/pod';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Labels that nodes no longer have, and what took their place. */
const REMOVED: ReadonlyMap<string, string> = new Map([
  // https://kubernetes.io/blog/2022/04/07/upcoming-changes-in-kubernetes-1-24/
  ['node-role.kubernetes.io/master', 'node-role.kubernetes.io/control-plane'],
]);

export const deprecatedNodeLabel: Rule<Scope.POD> = {
  name: 'deprecated-node-label',
  group: Group.PENDING,
  facts: [],
  scope: Scope.POD,
  why: 'Nodes lose labels that Kubernetes deprecates, and pods that ask for them then wait for ever. https://kubernetes.io/docs/reference/labels-annotations-taints/',
  fix: 'Take the label that took its place.',
  check: (pod) =>
    labelsOf(pod).flatMap(([label, field]) => {
      const removed = REMOVED.get(label);
      const successor = removed ?? successorOf(label);
      if (successor === undefined) return [];
      const message = `names the label ${label}, which ${removed === undefined ? 'is deprecated' : 'nodes no longer have'}.`;
      return [warning(field, message, `Write ${successor}.`)];
    }),
};

/** Labels of nodes that a pod names where it matters, and where. */
function labelsOf(pod: PodFacts): [label: string, field: Field][] {
  const preferred = pod.at('affinity', 'nodeAffinity', 'preferredDuringSchedulingIgnoredDuringExecution').items;
  const terms = [...pod.nodeTerms, ...preferred.map((each) => each.at('preference'))].flatMap(demandsOf);
  const spread = pod.at('topologySpreadConstraints').items.map((each) => each.at('topologyKey'));
  return [
    ...pod.at('nodeSelector').entries,
    ...terms.map(({ key, field }): [string, Field] => [key, field.at('key')]),
    ...[...spread, ...topologyKeys(pod)].map((field): [string, Field] => [field.text ?? '', field]),
  ];
}

function topologyKeys(pod: PodFacts): Field[] {
  return ['podAffinity', 'podAntiAffinity'].flatMap((kind) => {
    const affinity = pod.at('affinity', kind);
    const required = affinity.at('requiredDuringSchedulingIgnoredDuringExecution').items;
    const preferred = affinity.at('preferredDuringSchedulingIgnoredDuringExecution').items;
    return [...required, ...preferred.map((each) => each.at('podAffinityTerm'))].map((term) => term.at('topologyKey'));
  });
}
