import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const autoscalerToZero: Rule<Scope.OBJECT> = {
  name: 'autoscaler-to-zero',
  group: Group.SERVING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'The API server refuses it unless a feature gate is on and another than a resource metric is given. https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  fix: 'Set minReplicas to 1, or scale to zero with KEDA or KServe.',
  check: (resource) => {
    if (!resource.is('HorizontalPodAutoscaler', 'autoscaling')) return [];
    const least = resource.at('spec', 'minReplicas');
    const other = resource
      .at('spec', 'metrics')
      .items.some((metric) => ['External', 'Object'].includes(metric.at('type').text ?? ''));
    return least.integer === 0 && !other ? [error(least, 'scales to 0 by what only running pods have.')] : [];
  },
};
