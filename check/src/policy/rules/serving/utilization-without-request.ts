import { autoscalers, resourceMetric, scaledBy, utilizationOf } from '../../../inventory/autoscaler';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const utilizationWithoutRequest: Rule<Scope.SET> = {
  name: 'utilization-without-request',
  group: Group.SERVING,
  facts: [],
  scope: Scope.SET,
  why: 'Utilization is a share of the request: without one the autoscaler has no figure, and never scales. https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  fix: 'Set the request of every container, or scale by averageValue.',
  check: (inventory) =>
    autoscalers(inventory).flatMap((autoscaler) => {
      const server = scaledBy(autoscaler, inventory);
      if (server === undefined || server.pods.some(({ partial }) => partial)) return [];
      return autoscaler.metrics.flatMap((metric) => {
        const resource = resourceMetric(metric);
        const target = utilizationOf(metric);
        if (resource === undefined || target?.exists !== true) return [];
        const only = metric.at('containerResource', 'container').text;
        const lacking = server.pods[0]?.containers.find(
          (each) => (only === undefined || each.name === only) && each.amounts(resource).request === undefined,
        );
        if (lacking === undefined) return [];
        const whose = `${server.resource.title}, whose container ${lacking.name} requests none`;
        return [warning(target, `scales by the utilization of ${resource} of ${whose}.`)];
      });
    }),
};
