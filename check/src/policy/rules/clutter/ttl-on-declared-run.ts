import { isHook, isTracked } from '../../../inventory/delivery';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const MADE_ANEW: ReadonlySet<string> = new Set([
  'CronJob',
  'CronWorkflow',
  'ScaledJob',
  'WorkflowTemplate',
  'ClusterWorkflowTemplate',
  'RayJob',
]);

export const ttlOnDeclaredRun: Rule<Scope.RUN> = {
  name: 'ttl-on-declared-run',
  group: Group.CLUTTER,
  packs: [Group.RUNAWAY],
  facts: ['ML-LIFE-013'],
  scope: Scope.RUN,
  why: 'A GitOps tool misses a run that its TTL has removed, makes it again, and it runs again. https://github.com/argoproj/argo-cd/issues/8586',
  fix: 'Leave the TTL out of a run that Git declares, and take the run out of Git when it is done; or make it a hook.',
  props: 'Leave ttl out, or set delivery in the profile to Delivery.CREATE_ONCE.',
  check: ({ resource, bounds: { ttl } }) => {
    if (ttl?.value === undefined || MADE_ANEW.has(resource.kind) || resource.embedding) return [];
    if (!isTracked(resource) || isHook(resource) || resource.at('metadata', 'generateName').exists) return [];
    return [
      warning(ttl.field, `is removed ${ttl.value} seconds after its end, and made again by the tool that holds it.`),
    ];
  },
};
