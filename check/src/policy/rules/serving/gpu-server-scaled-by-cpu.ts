import { autoscalers, resourceMetric, scaledBy } from '../../../inventory/autoscaler';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const gpuServerScaledByCpu: Rule<Scope.SET> = {
  name: 'gpu-server-scaled-by-cpu',
  group: Group.SERVING,
  facts: ['ML-SERVE-007'],
  scope: Scope.SET,
  why: 'The CPU of a GPU server says little of its load: it is busy when it loads and idle when the GPU is full. https://docs.vllm.ai/en/stable/usage/metrics/',
  fix: 'Scale by the requests that wait and run, or by what the GPU does.',
  props: 'Take Scaling.inFlightRequests(...).',
  check: (inventory) =>
    autoscalers(inventory).flatMap((autoscaler) => {
      const server = scaledBy(autoscaler, inventory);
      if (server === undefined || server.deviceCount === 0) return [];
      const byCpu = autoscaler.metrics.filter((metric) => resourceMetric(metric) === 'cpu');
      if (byCpu.length === 0 || byCpu.length < autoscaler.metrics.length) return [];
      return [warning(byCpu[0], `scales ${server.resource.title}, which has GPUs, by its CPU.`)];
    }),
};
