import { Severity } from '../../../../src/policy/finding';
import { utilizationWithoutRequest } from '../../../../src/policy/rules/serving/utilization-without-request';
import type { RuleCase } from '../../rule-case';
import { SCALED, WEB } from './served';

const WORKING = WEB.replace(
  "image: 'example.com/shop:v1'",
  "image: 'example.com/shop:v1', resources: { requests: { cpu: 1 } }",
);
const SCALE = SCALED.replaceAll('chat', 'shop')
  .replaceAll('serving', 'web')
  .replace(
    'type: Pods, pods: { metric: { name: requests_in_flight }, target: { type: AverageValue, averageValue: "10" } }',
    'type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }',
  );

export const UTILIZATION_WITHOUT_REQUEST: RuleCase = {
  rule: utilizationWithoutRequest,
  good: WORKING + SCALE,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].resources': undefined },
      at: 'spec.metrics[0].resource.target.averageUtilization',
      says: /whose container web requests none/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'another container is scaled by':
      WORKING.replace('containers: [', "containers: [{ name: side, image: 'example.com/side:v1' }, ") +
      SCALE.replace('type: Resource, resource: {', 'type: ContainerResource, containerResource: { container: web,'),
    'an average needs no request':
      WORKING.replace('requests', 'limits').replace('cpu', 'memory') +
      SCALE.replace('type: Utilization, averageUtilization: 70', 'type: AverageValue, averageValue: "1"'),
  },
};
