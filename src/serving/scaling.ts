import type { Duration } from 'cdk8s';
import { duration } from '../core/amounts';
import { labelKeyProblem, labelValueProblem } from '../core/names';
import type { Shape } from '../core/shape';
import { metricNameCheck } from './metric-name';
import {
  bool,
  checkArgument,
  checkOptions,
  instanceOf,
  integer,
  mapOf,
  number,
  optional,
  record,
  text,
} from '../core/shape';

/** How fast replicas come or go. */
export interface ScalingRule {
  /**
   * Time over which the autoscaler looks back before it acts: the highest count of that time holds when it scales down, the
   * lowest when it scales up. At most an hour.
   *
   * @default - on GPUs 30 seconds up and 300 down; on CPUs as Kubernetes does: none up, 300 seconds down
   */
  readonly stabilizationWindow?: Duration;
  /**
   * Pods that may be added or removed per `period`.
   *
   * @default - on GPUs 2 up and 1 down, unless `percent` is given; on CPUs as Kubernetes does
   */
  readonly pods?: number;
  /**
   * Share of the present replicas that may be added or removed per `period`. With `pods` too, the larger of the two holds.
   *
   * @default - only `pods` counts; on CPUs as Kubernetes does
   */
  readonly percent?: number;
  /**
   * Time in which `pods` or `percent` may be added or removed. At most 30 minutes.
   *
   * @default - on GPUs 60 seconds up and 300 down; on CPUs 60 seconds
   */
  readonly period?: Duration;
}

/**
 * How fast an autoscaler follows the load. `spec.behavior`
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior
 */
export interface ScalingBehavior {
  /**
   * How fast replicas come.
   *
   * @default - on GPUs 2 pods per 60 seconds after a window of 30 seconds; on CPUs as Kubernetes does
   */
  readonly scaleUp?: ScalingRule;
  /**
   * How fast replicas go.
   *
   * @default - on GPUs 1 pod per 300 seconds after a window of 300 seconds; on CPUs as Kubernetes does
   */
  readonly scaleDown?: ScalingRule;
}

/** Which series of an external metric, and how its target is meant. */
export interface ExternalMetricOptions {
  /** Value that the autoscaler keeps. */
  readonly target: number;
  /**
   * Whether the target is for each replica: right for a total, such as the length of a queue. What is an average already,
   * such as a latency, is compared as it is.
   *
   * @default true
   */
  readonly perReplica?: boolean;
  /**
   * Labels that choose the series. `metric.selector.matchLabels`
   *
   * @default - all series of the metric
   */
  readonly labels?: { readonly [label: string]: string };
}

/** One signal that the autoscaler follows. */
export type Signal =
  | { readonly type: 'utilization'; readonly resource: 'cpu' | 'memory'; readonly percent: number }
  | { readonly type: 'pods'; readonly metric: string; readonly average: number }
  | { readonly type: 'in-flight'; readonly average: number }
  | { readonly type: 'external'; readonly metric: string; readonly options: ExternalMetricOptions };

const target = number({ min: 0.001, max: 1e9 });

const ruleShape: Shape<ScalingRule> = {
  stabilizationWindow: optional(duration({ min: 0, max: 3600 })),
  pods: optional(integer({ min: 1, max: 10000 })),
  percent: optional(integer({ min: 1, max: 10000 })),
  period: optional(duration({ min: 1, max: 1800 })),
};

/**
 * What an autoscaler follows, and how fast.
 *
 * With several signals, the one that asks for most replicas wins.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export class Scaling {
  /**
   * CPU used, in percent of the request, of the container that serves; sidecars do not count.
   *
   * SRV006 (unsafe) on GPU servers, SRV007 without `cpu`.
   *
   * @param percent from 1 to 100
   */
  public static cpuUtilization(percent: number): Scaling {
    checkArgument('Scaling.cpuUtilization(percent)', percent, integer({ min: 1, max: 100 }));
    return new Scaling([{ type: 'utilization', resource: 'cpu', percent }]);
  }

  /**
   * Memory used, in percent of the request, of the container that serves; sidecars do not count.
   *
   * Right only for servers that give memory back. SRV007 without `memory`.
   *
   * @param percent from 1 to 100
   */
  public static memoryUtilization(percent: number): Scaling {
    checkArgument('Scaling.memoryUtilization(percent)', percent, integer({ min: 1, max: 100 }));
    return new Scaling([{ type: 'utilization', resource: 'memory', percent }]);
  }

  /**
   * Requests that a replica works on or keeps waiting, together: those waiting alone fall to zero on a server that is full.
   *
   * For vLLM that is the metric `vllm_requests_in_flight`, which the server of custom.metrics.k8s.io must offer. SRV012 when
   * the runtime reports no such metric, CLU003 when the profile has no Component.CUSTOM_METRICS. A rule of the Prometheus
   * adapter:
   *
   * ```yaml
   * - seriesQuery: 'vllm:num_requests_running{namespace!="",pod!=""}'
   *   resources: { overrides: { namespace: { resource: namespace }, pod: { resource: pod } } }
   *   name: { as: vllm_requests_in_flight }
   *   metricsQuery: >-
   *     sum by (<<.GroupBy>>)
   *     (vllm:num_requests_running{<<.LabelMatchers>>} + vllm:num_requests_waiting{<<.LabelMatchers>>})
   * ```
   *
   * @param average requests per replica: about what one replica answers at once within the latency that is wanted
   * @see https://docs.vllm.ai/en/latest/usage/metrics/
   */
  public static inFlightRequests(average: number): Scaling {
    checkArgument('Scaling.inFlightRequests(average)', average, target);
    return new Scaling([{ type: 'in-flight', average }]);
  }

  /**
   * A metric that the pods report, averaged over them. `custom.metrics.k8s.io`
   *
   * CLU003 when the profile has no Component.CUSTOM_METRICS.
   *
   * @param metricName name under which the adapter offers it, without `/` and `%`
   * @param average value per replica, to three decimals
   */
  public static podsMetric(metricName: string, average: number): Scaling {
    checkArgument('Scaling.podsMetric(metricName)', metricName, metricNameCheck);
    checkArgument('Scaling.podsMetric(average)', average, target);
    return new Scaling([{ type: 'pods', metric: metricName, average }]);
  }

  /**
   * A metric from outside of the cluster's objects, such as the length of a queue. `external.metrics.k8s.io`
   *
   * CLU003 when the profile has no Component.EXTERNAL_METRICS.
   */
  public static externalMetric(metricName: string, options: ExternalMetricOptions): Scaling {
    checkArgument('Scaling.externalMetric(metricName)', metricName, metricNameCheck);
    checkOptions<ExternalMetricOptions>('ExternalMetricOptions', options, {
      target,
      perReplica: optional(bool),
      labels: optional(mapOf(text({ min: 0, max: 63, grammar: labelValueProblem }), labelKeyProblem, 100)),
    });
    return new Scaling([
      {
        type: 'external',
        metric: metricName,
        options: { ...options, labels: options.labels && { ...options.labels } },
      },
    ]);
  }

  private constructor(
    /** @internal */
    public readonly _signals: readonly Signal[],
    /** @internal */
    public readonly _behavior?: ScalingBehavior,
  ) {}

  /** Follows the signals of both; a behavior given to the other one holds. */
  public plus(other: Scaling): Scaling {
    checkArgument('other', other, instanceOf(Scaling, 'Scaling.inFlightRequests(10) or the like'));
    return new Scaling([...this._signals, ...other._signals], other._behavior ?? this._behavior);
  }

  /** The same signals, followed that fast. What is left out of `behavior` keeps its default. */
  public withBehavior(behavior: ScalingBehavior): Scaling {
    const rule = optional(record('ScalingRule', ruleShape));
    checkOptions<ScalingBehavior>('ScalingBehavior', behavior, { scaleUp: rule, scaleDown: rule });
    const { scaleUp, scaleDown } = behavior;
    return new Scaling(this._signals, { scaleUp: scaleUp && { ...scaleUp }, scaleDown: scaleDown && { ...scaleDown } });
  }
}
