import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const STANDARD: ReadonlySet<string> = new Set(['Standard', 'RawDeployment']);

export const canaryWithoutKnative: Rule<Scope.OBJECT> = {
  name: 'canary-without-knative',
  group: Group.SERVING,
  facts: ['ML-SERVE-013'],
  scope: Scope.OBJECT,
  why: 'KServe splits traffic with Knative only; in its Standard mode the new revision gets all of it at once. https://kserve.github.io/website/docs/admin-guide/overview',
  fix: 'Leave canaryTrafficPercent out, and split traffic by two services and weights of an HTTPRoute.',
  check: (resource) => {
    const mode = resource.annotations['serving.kserve.io/deploymentMode'];
    if (!resource.is('InferenceService', 'serving.kserve.io') || !STANDARD.has(mode)) return [];
    const canary = resource.at('spec', 'predictor', 'canaryTrafficPercent');
    if (!canary.exists) return [];
    return [error(canary, `has a canaryTrafficPercent of ${canary.integer ?? ''}, which the mode ${mode} ignores.`)];
  },
};
