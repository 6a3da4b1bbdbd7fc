import { ARGO_SYNC_OPTIONS_ANNOTATION, FLUX_PRUNE_ANNOTATION, RUN_LABEL } from 'cdk8s-ml/floor/kinds/labels';
import type { Resource } from './resource';

// How an object reaches the cluster, as far as its labels and annotations tell.

const HOOKS: readonly string[] = ['helm.sh/hook', 'argocd.argoproj.io/hook'];

/** Labels and annotations that GitOps tools put on what they hold. */
const TRACKED: readonly string[] = [
  'argocd.argoproj.io/tracking-id',
  'argocd.argoproj.io/instance',
  'argocd.argoproj.io/sync-wave',
  'kustomize.toolkit.fluxcd.io/name',
  'helm.toolkit.fluxcd.io/name',
];

/** Whether a tool of delivery makes it at some point and removes it by rules of its own. */
export function isHook({ annotations }: Resource): boolean {
  return HOOKS.some((hook) => annotations[hook] !== undefined);
}

/** Whether GitOps tools are told to leave it when it is no longer declared, or to ask first. */
export function isKept({ annotations }: Resource): boolean {
  const options = (annotations[ARGO_SYNC_OPTIONS_ANNOTATION] ?? '').split(',').map((option) => option.trim());
  return (
    options.some((option) => /^(Prune=(confirm|false)|Delete=(confirm|false))$/.test(option)) ||
    annotations[FLUX_PRUNE_ANNOTATION] === 'disabled' ||
    annotations['helm.sh/resource-policy'] === 'keep'
  );
}

/** Whether a GitOps tool holds it, and makes it again when it is gone. */
export function isTracked(resource: Resource): boolean {
  const { labels, annotations } = resource;
  return (
    isKept(resource) ||
    annotations[ARGO_SYNC_OPTIONS_ANNOTATION] !== undefined ||
    annotations[FLUX_PRUNE_ANNOTATION] !== undefined ||
    TRACKED.some((key) => labels[key] !== undefined || annotations[key] !== undefined)
  );
}

/** Whether it is the record of a run that is declared until somebody takes it out. */
export function isDeclaredRun(resource: Resource): boolean {
  return resource.labels[RUN_LABEL] !== undefined || isTracked(resource);
}
