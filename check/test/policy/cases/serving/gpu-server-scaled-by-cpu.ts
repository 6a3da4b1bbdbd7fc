import { Severity } from '../../../../src/policy/finding';
import { gpuServerScaledByCpu } from '../../../../src/policy/rules/serving/gpu-server-scaled-by-cpu';
import type { RuleCase } from '../../rule-case';
import { KSERVE, SCALED, SERVED, WEB } from './served';

export const GPU_SERVER_SCALED_BY_CPU: RuleCase = {
  rule: gpuServerScaledByCpu,
  good: `${SERVED}${SCALED}---${KSERVE.replace('storageUri', 'resources: { limits: { nvidia.com/gpu: 1 } }, storageUri')}`,
  flips: [
    {
      change: {
        'spec.metrics[0]': {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      },
      at: 'spec.metrics[0]',
      says: /has GPUs, by its CPU/,
      severity: Severity.WARNING,
      object: 1,
    },
    {
      change: { apiVersion: 'autoscaling/v1', 'spec.metrics': undefined, 'spec.targetCPUUtilizationPercentage': 70 },
      at: 'spec.targetCPUUtilizationPercentage',
      says: /has GPUs, by its CPU/,
      severity: Severity.WARNING,
      object: 1,
    },
    {
      change: { 'spec.metrics': undefined },
      at: 'spec.metrics',
      says: /has GPUs, by its CPU/,
      severity: Severity.WARNING,
      object: 1,
    },
    {
      change: { 'spec.predictor.scaleMetric': 'cpu' },
      at: 'spec.predictor.scaleMetric',
      says: /has GPUs and is scaled by its CPU/,
      severity: Severity.WARNING,
      object: 2,
    },
    {
      change: {
        'spec.predictor.autoScaling': {
          metrics: [
            { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
          ],
        },
      },
      at: 'spec.predictor.autoScaling.metrics[0]',
      says: /has GPUs and is scaled by its CPU/,
      severity: Severity.WARNING,
      object: 2,
    },
  ],
  silent: {
    'no GPUs':
      WEB +
      SCALED.replaceAll('chat', 'shop')
        .replaceAll('serving', 'web')
        .replace(
          'type: Pods, pods: { metric: { name: requests_in_flight }, target: { type: AverageValue, averageValue: "10" } }',
          'type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }',
        ),
  },
};
