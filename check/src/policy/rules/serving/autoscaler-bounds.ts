import type { Autoscaler } from '../../../inventory/autoscaler';
import { autoscalers, utilizationOf } from '../../../inventory/autoscaler';
import type { Field } from '../../../inventory/field';
import type { Remark } from '../../finding';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const autoscalerBounds: Rule<Scope.SET> = {
  name: 'autoscaler-bounds',
  group: Group.SERVING,
  facts: [],
  scope: Scope.SET,
  why: 'The API server, or the webhook of KEDA or KServe, refuses the object. https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  fix: 'Give a least number that is not above the most, and numbers and targets above 0.',
  check: (inventory) => [
    ...autoscalers(inventory).flatMap((each) => [...crossed(each.least, each.most), ...tooSmall(each)]),
    ...inventory
      .of('serving.kserve.io', 'InferenceService')
      .map((service) => service.at('spec', 'predictor'))
      .flatMap((predictor) => crossed(predictor.at('minReplicas'), predictor.at('maxReplicas'))),
  ],
};

/** Bounds the wrong way round. 0 at most means no bound to KServe, and is wrong by itself elsewhere. */
function crossed(least: Field, most: Field): Remark[] {
  const [from, to] = [least.integer, most.integer];
  if (from === undefined || to === undefined || from <= to || to === 0) return [];
  return [error(least, `has at least ${from} replicas and at most ${to}.`)];
}

/** Numbers and targets of a HorizontalPodAutoscaler that must be above 0. */
function tooSmall({ resource, most, metrics }: Autoscaler): Remark[] {
  if (resource.kind !== 'HorizontalPodAutoscaler') return [];
  return [most, ...metrics.flatMap((metric) => utilizationOf(metric) ?? [])]
    .filter(({ integer = 1 }) => integer < 1)
    .map((field) => error(field, `has ${field.path.at(-1)} of ${field.integer}, and must have at least 1.`));
}
