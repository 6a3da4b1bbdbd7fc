import { LabelSelector } from '../../../inventory/label-selector';
import { isOpen } from '../../../inventory/open-text';
import type { Resource } from '../../../inventory/resource';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const KINDS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

export const selectorNotOfTemplate: Rule<Scope.OBJECT> = {
  name: 'selector-not-of-template',
  group: Group.REFERENCES,
  facts: [],
  scope: Scope.OBJECT,
  why: 'The API server refuses a controller whose selector does not match the labels of its own pods. https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  fix: 'Give the pods the labels of the selector.',
  check: (object) => {
    if (!isSelecting(object)) return [];
    const selector = object.at('spec', 'selector');
    const labels = object.at('spec', 'template', 'metadata', 'labels');
    const wanted = selector.at('matchLabels').entries.map(([, field]) => field);
    const all = [...wanted, ...labels.entries.map(([, field]) => field)];
    if (selector.keys.length === 0 || all.some((each) => each.text === undefined || isOpen(each))) return [];
    if (LabelSelector.of(selector).matches(labels.labels)) return [];
    const [off] = selector.at('matchLabels').entries.filter(([key, { text }]) => labels.labels[key] !== text);
    if (off === undefined) return [error(selector, 'does not match the labels of its own pods.')];
    const [key, field] = off;
    const has = labels.labels[key];
    const pods = has === undefined ? 'do not have it' : `have ${has}`;
    return [error(field, `selects pods with ${key}=${field.text}, and its own ${pods}.`)];
  },
};

function isSelecting({ kind, group, top }: Resource): boolean {
  if (group === 'apps') return KINDS.has(kind);
  return group === 'batch' && kind === 'Job' && top.at('spec', 'manualSelector').boolean === true;
}
