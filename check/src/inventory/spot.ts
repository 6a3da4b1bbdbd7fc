import { NODE_POOL_LABEL } from 'cdk8s-ml/floor/kinds/node-labels';
import { POOL_LABEL } from 'cdk8s-ml/floor/kinds/labels';
import type { Cloud } from './cloud';
import { cloudOfLabels } from './cloud';
import type { Field } from './field';
import type { Inventory } from './inventory';
import type { PodFacts } from './pod';

/** A choice of nodes that are taken away at short notice. */
export interface SpotChoice {
  /** What chooses them. */
  readonly field: Field;
  /** Whose nodes they are, where that shows. */
  readonly provider?: Cloud;
}

interface SpotLabel {
  readonly key: RegExp;
  readonly value: RegExp;
  readonly provider?: Cloud;
}

const LABELS: readonly SpotLabel[] = [
  { key: /^cloud\.google\.com\/gke-(spot|preemptible)$/, value: /^true$/, provider: 'gcp' },
  { key: /^kubernetes\.azure\.com\/scalesetpriority$/, value: /^spot$/, provider: 'azure' },
  { key: /^eks\.amazonaws\.com\/capacityType$/, value: /^SPOT$/, provider: 'aws' },
  { key: /^karpenter\.sh\/capacity-type$/, value: /^spot$/ },
  { key: /^(node\.kubernetes\.io\/|node-)?lifecycle$|capacity-?type$/i, value: /^(ec2)?spot$/i },
];

/** What sends pods to nodes that are taken away at short notice; undefined when nothing does, or they may run elsewhere too. */
export function spotChoice(pod: PodFacts, { pools }: Inventory): SpotChoice | undefined {
  for (const { field, key, operator, values } of pod.nodeDemands) {
    if (operator !== 'In' || values.length === 0) continue;
    const label = LABELS.find((each) => each.key.test(key) && values.every((value) => each.value.test(value)));
    if (label) return { field, provider: label.provider ?? cloudOfLabels(pod) };
    if (key !== NODE_POOL_LABEL && key !== POOL_LABEL) continue;
    const chosen = (pools ?? []).filter(({ name, labels }) => values.includes(labels[key] ?? name));
    if (chosen.length > 0 && chosen.every(({ spot }) => spot)) return { field, provider: cloudOfLabels(pod) };
  }
  return undefined;
}
