import { nearest } from 'cdk8s-ml/floor/core/nearest';
import type { Field } from '../../../inventory/field';
import type { PodFacts } from '../../../inventory/pod';
import type { Backends } from '../../../inventory/service';
import { backendsOf } from '../../../inventory/service';
import { Nature } from '../../../inventory/workload';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const serviceWithoutPods: Rule<Scope.OBJECT> = {
  name: 'service-without-pods',
  group: Group.REFERENCES,
  packs: [Group.SERVING],
  facts: [],
  scope: Scope.OBJECT,
  why: 'A Service whose selector matches no pod has no endpoints: every request to it fails. https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors',
  fix: 'Write the labels that the pods have.',
  check: (service, inventory) => {
    if (!service.is('Service', '') || service.at('spec', 'type').text === 'ExternalName') return [];
    const backends = backendsOf(service, inventory);
    if (backends === undefined || backends.selected.length > 0) return [];
    const meant = meantBy(service.at('spec', 'selector'), backends);
    if (meant === undefined && !inventory.complete) return [];
    const [key, field] = meant?.off ?? service.at('spec', 'selector').entries[0];
    const message = `selects pods with ${key}=${field.text}, and no pod has it.`;
    if (meant === undefined) return [error(field, message)];
    const has = meant.pod.labels[key];
    return [warning(field, `${message} Those of ${meant.pod.workload.resource.title} have ${has}.`)];
  },
};

interface Meant {
  readonly pod: PodFacts;
  readonly off: readonly [key: string, field: Field];
}

/** The server whose pods were probably meant: all but one label fit, or the value of it is nearly the same. */
function meantBy(selector: Field, { others }: Backends): Meant | undefined {
  const { entries } = selector;
  for (const pod of others) {
    const { workload, labels } = pod;
    if (workload.nature === Nature.RUN || pod.partial) continue;
    const wrong = entries.filter(([key, { text }]) => labels[key] !== text);
    const [off] = wrong;
    if (wrong.length !== 1 || labels[off[0]] === undefined) continue;
    const value = labels[off[0]];
    const isSimilar = nearest(off[1].text!, [value]) !== undefined || sharesWord(off[1].text!, value);
    if (entries.length > 1 ? isSimilar || others.length === 1 : isSimilar) return { pod, off };
  }
  return undefined;
}

/** Whether two names have a word in common, as `sentiment` and `sentiment-api`. */
function sharesWord(a: string, b: string): boolean {
  const words = new Set(a.split(/[-_.]/).filter(({ length }) => length > 3));
  return b.split(/[-_.]/).some((word) => words.has(word));
}
