import type { NodeSelectorTerm } from '../../imports/k8s';
import type { Problem } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { DEPRECATED_METADATA } from '../kinds/diagnostics';
import { annotationSuccessor } from '../kinds/labels';
import { successorOf } from '../kinds/node-labels';
import type { PodDescription } from './pod-description';

/** Labels by which a pod chooses its nodes, and annotations of it, that Kubernetes deprecates. */
export function deprecationProblems({ nodeSelector, affinity, annotations }: PodDescription): Problem[] {
  const ofNodes = affinity?.nodeAffinity;
  const terms: NodeSelectorTerm[] = [
    ...(ofNodes?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []),
    ...(ofNodes?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ preference }) => preference),
  ];
  const asked = terms.flatMap(({ matchExpressions = [] }) => matchExpressions.map(({ key }) => key));
  return [
    ...Object.keys(nodeSelector).flatMap((label) => deprecated(label, 'pool')),
    ...[...new Set(asked)].flatMap((label) => deprecated(label, 'affinity')),
    ...Object.keys(annotations).flatMap(deprecatedAnnotation),
  ];
}

function deprecated(label: string, property: string): Problem[] {
  const successor = successorOf(label);
  if (successor === undefined) return [];
  const message = `${property} chooses nodes by the label ${label}, which Kubernetes deprecates.`;
  return [{ rule: DEPRECATED_METADATA, property, value: show(label), message, fix: `Take ${successor}.` }];
}

function deprecatedAnnotation(key: string): Problem[] {
  const successor = annotationSuccessor(key);
  if (successor === undefined) return [];
  const message = `the annotation ${key} is deprecated by Kubernetes.`;
  const property = `annotations.${key}`;
  return [{ rule: DEPRECATED_METADATA, property, message, fix: `Leave it out: ${successor} took its place.` }];
}
