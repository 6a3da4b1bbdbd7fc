import { instanceType } from 'cdk8s-ml/floor/catalog/catalog';
import { Provider } from 'cdk8s-ml/floor/cluster/settings';
import type { Inventory } from './inventory';
import { askedTypes } from './machine';
import type { PodFacts } from './pod';

/** A cloud whose nodes, labels and machine types are known. */
export type Cloud = 'aws' | 'gcp' | 'azure';

const LABELS: readonly (readonly [prefix: string, cloud: Cloud])[] = [
  ['karpenter.k8s.aws/', 'aws'],
  ['eks.amazonaws.com/', 'aws'],
  ['karpenter.azure.com/', 'azure'],
  ['kubernetes.azure.com/', 'azure'],
  ['cloud.google.com/', 'gcp'],
];

/** The cloud whose labels of nodes a pod asks for; undefined when it asks for none of them. */
export function cloudOfLabels({ nodeDemands }: PodFacts): Cloud | undefined {
  return LABELS.find(([prefix]) => nodeDemands.some(({ key }) => key.startsWith(prefix)))?.[1];
}

/** Whether a pod is known to run in a cloud, by the profile, by its nodes, or by what it asks of them. */
export function isInCloud(pod: PodFacts, { profile, pools = [] }: Inventory): boolean {
  if (profile !== undefined && profile.profile.provider !== Provider.ON_PREMISES) return true;
  return (
    cloudOfLabels(pod) !== undefined ||
    (askedTypes(pod) ?? []).some((type) => instanceType(type) !== undefined) ||
    pools.some(({ isKarpenter, instanceType: type }) => isKarpenter || instanceType(type ?? '') !== undefined)
  );
}
