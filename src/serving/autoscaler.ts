import type {
  HorizontalPodAutoscalerBehavior,
  HorizontalPodAutoscalerSpec,
  HPAScalingPolicy,
  HPAScalingRules,
  MetricSpec,
  MetricTarget,
} from '../../imports/k8s';
import { secondsOf } from '../core/amounts';
import { cpuQuantity } from '../kinds/quantity';
import type { Replicas } from './replicas';
import type { Scaling, ScalingRule, Signal } from './scaling';

/** What an autoscaler needs to know of its server. */
export interface Scaled {
  readonly name: string;
  readonly containerName: string;
  readonly replicas: Replicas;
  readonly scaling: Scaling;
  readonly onGpu: boolean;
  readonly inFlightMetric?: string;
}

/** `spec` of the HorizontalPodAutoscaler. */
export function autoscalerSpec(scaled: Scaled): HorizontalPodAutoscalerSpec {
  const { name, replicas, scaling } = scaled;
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    minReplicas: replicas.min,
    maxReplicas: replicas.max,
    metrics: scaling._signals.map((signal) => metricSpec(signal, scaled)),
    behavior: behavior(scaled),
  };
}

function metricSpec(signal: Signal, { containerName, inFlightMetric }: Scaled): MetricSpec {
  switch (signal.type) {
    case 'utilization': {
      // Of one container: a sidecar that someone injects, without requests, would stop a metric of the whole pod.
      const target: MetricTarget = { type: 'Utilization', averageUtilization: signal.percent };
      return {
        type: 'ContainerResource',
        containerResource: { name: signal.resource, container: containerName, target },
      };
    }
    case 'pods':
      return podsMetric(signal.metric, signal.average);
    case 'in-flight':
      return podsMetric(inFlightMetric ?? 'unknown', signal.average);
    case 'external': {
      const { target, perReplica = true, labels } = signal.options;
      return {
        type: 'External',
        external: {
          metric: { name: signal.metric, selector: labels && { matchLabels: { ...labels } } },
          target: perReplica
            ? { type: 'AverageValue', averageValue: quantity(target) }
            : { type: 'Value', value: quantity(target) },
        },
      };
    }
  }
}

function podsMetric(name: string, average: number): MetricSpec {
  return {
    type: 'Pods',
    pods: { metric: { name }, target: { type: 'AverageValue', averageValue: quantity(average) } },
  };
}

/** A plain number to three decimals, as the API server writes it: `10`, `2500m`. */
function quantity(amount: number): string {
  return cpuQuantity(Math.round(amount * 1000));
}

interface RuleDefaults {
  readonly window: number;
  readonly pods: number;
  readonly period: number;
}

// A GPU costs by the hour and takes minutes to be ready: come soon, a few at a time, and go slowly.
const GPU_UP: RuleDefaults = { window: 30, pods: 2, period: 60 };
const GPU_DOWN: RuleDefaults = { window: 300, pods: 1, period: 300 };
const PERIOD_SECONDS = 60;

function behavior({ scaling, onGpu }: Scaled): HorizontalPodAutoscalerBehavior | undefined {
  const scaleUp = scalingRules(scaling._behavior?.scaleUp, onGpu ? GPU_UP : undefined);
  const scaleDown = scalingRules(scaling._behavior?.scaleDown, onGpu ? GPU_DOWN : undefined);
  return scaleUp || scaleDown ? { scaleUp, scaleDown } : undefined;
}

function scalingRules(given: ScalingRule | undefined, defaults: RuleDefaults | undefined): HPAScalingRules | undefined {
  if (given === undefined && defaults === undefined) return undefined;
  const { stabilizationWindow, percent, period } = given ?? {};
  const pods = given?.pods ?? (percent === undefined ? defaults?.pods : undefined);
  const periodSeconds = period ? secondsOf(period) : (defaults?.period ?? PERIOD_SECONDS);
  const policies: HPAScalingPolicy[] = [
    ...(pods === undefined ? [] : [{ type: 'Pods', value: pods, periodSeconds }]),
    ...(percent === undefined ? [] : [{ type: 'Percent', value: percent, periodSeconds }]),
  ];
  return {
    stabilizationWindowSeconds: stabilizationWindow ? secondsOf(stabilizationWindow) : defaults?.window,
    policies: policies.length === 0 ? undefined : policies,
  };
}
