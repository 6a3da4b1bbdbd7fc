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
  check: (inventory) => [
    ...autoscalers(inventory).flatMap((autoscaler) => {
      const server = scaledBy(autoscaler, inventory);
      if (server === undefined || server.deviceCount === 0) return [];
      const { metrics, resource } = autoscaler;
      if (metrics.length === 0 || !metrics.every((metric) => resourceMetric(metric) === 'cpu')) return [];
      const place = metrics[0].exists ? metrics[0] : resource.at('spec', 'metrics');
      return [warning(place, `scales ${server.resource.title}, which has GPUs, by its CPU.`)];
    }),
    ...inventory.of('serving.kserve.io', 'InferenceService').flatMap((service) => {
      const predictor = service.at('spec', 'predictor');
      const metric = predictor.at('scaleMetric');
      const metrics = predictor.at('autoScaling', 'metrics').items;
      const byCpu = metrics.length > 0 && metrics.every((each) => resourceMetric(each) === 'cpu');
      const hasGpus = (inventory.workloadOf(service)?.deviceCount ?? 0) > 0;
      if (!hasGpus || (metric.text !== 'cpu' && !byCpu)) return [];
      return [warning(byCpu ? metrics[0] : metric, 'has GPUs and is scaled by its CPU.')];
    }),
  ],
};
