import { autoscalers } from '../../../inventory/autoscaler';
import type { Field } from '../../../inventory/field';
import type { Inventory } from '../../../inventory/inventory';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const autoscalerBounds: Rule<Scope.SET> = {
  name: 'autoscaler-bounds',
  group: Group.SERVING,
  facts: [],
  scope: Scope.SET,
  why: 'The API server, or the webhook of KEDA or KServe, refuses the object. https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  fix: 'Give a least number that is not above the most.',
  check: (inventory) =>
    [...autoscalers(inventory).map(({ least, most }) => [least, most]), ...predictors(inventory)].flatMap(
      ([least, most]) => {
        const [from, to] = [least.integer, most.integer];
        if (from === undefined || to === undefined || from <= to || to === 0) return [];
        return [error(least, `has at least ${from} replicas and at most ${to}.`)];
      },
    ),
};

/** The bounds of services of KServe, for whom 0 at most means no bound. */
function predictors(inventory: Inventory): (readonly [Field, Field])[] {
  return inventory
    .of('serving.kserve.io', 'InferenceService')
    .map((service) => service.at('spec', 'predictor'))
    .map((predictor) => [predictor.at('minReplicas'), predictor.at('maxReplicas')]);
}
