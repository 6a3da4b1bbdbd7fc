import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const canaryOutOfRange: Rule<Scope.OBJECT> = {
  name: 'canary-out-of-range',
  group: Group.SERVING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'Knative refuses the route, and the service never gets ready. https://kserve.github.io/website/docs/admin-guide/overview',
  fix: 'Write a whole number from 0 to 100.',
  check: (resource) => {
    if (!resource.is('InferenceService', 'serving.kserve.io')) return [];
    const canary = resource.at('spec', 'predictor', 'canaryTrafficPercent');
    if (typeof canary.value !== 'number' || (canary.value >= 0 && canary.value <= 100)) return [];
    return [error(canary, `has a canaryTrafficPercent of ${canary.value}.`)];
  },
};
