import { MISSING_COMPONENT } from '../cluster/diagnostics';
import type { ClusterProfile } from '../cluster/profile';
import { Component, Stage } from '../cluster/settings';
import type { Problem } from '../core/diagnostics';
import {
  CPU_SIGNAL,
  NO_IN_FLIGHT_METRIC,
  NO_REQUEST,
  ONE_REPLICA,
  RANGE_WITHOUT_SCALING,
  SCALING_WITHOUT_RANGE,
} from './diagnostics';
import type { ModelServerProps } from './model-server-props';
import type { ResolvedServer } from './resolve-server';
import type { Signal } from './scaling';

/** What is wrong with how many replicas there are, and what decides it. */
export function scalingProblems(profile: ClusterProfile, props: ModelServerProps, server: ResolvedServer): Problem[] {
  return [
    ...replicaProblems(profile, props, server),
    ...(props.scaling?._signals ?? []).flatMap((signal) => [
      ...signalProblems(signal, props, server),
      ...componentProblems(profile, signal),
    ]),
  ];
}

function replicaProblems(
  profile: ClusterProfile,
  { scaling, gpu }: ModelServerProps,
  server: ResolvedServer,
): Problem[] {
  const { min, max, scales } = server.replicas;
  const problems: Problem[] = [];
  if (profile.stage === Stage.PRODUCTION && min === 1) {
    const message = `replicas ${scales ? `may fall to 1` : 'is 1'}, and the profile ${profile.name} is for production.`;
    const fix = `Set replicas to ${scales ? `Replicas.between(2, ${Math.max(2, max)})` : 'Replicas.exactly(2)'} or more.`;
    problems.push({ rule: ONE_REPLICA, property: 'replicas', value: '1', message, fix });
  }
  if (scales && !scaling) {
    const message = `replicas is a range from ${min} to ${max} but scaling is not set.`;
    const example = gpu ? 'Scaling.inFlightRequests(10)' : 'Scaling.cpuUtilization(70)';
    const fix = `Set scaling, for example to ${example}, or set replicas to Replicas.exactly(${min}).`;
    problems.push({ rule: RANGE_WITHOUT_SCALING, property: 'scaling', message, fix });
  }
  if (!scales && scaling) {
    const message = `scaling is set but replicas is fixed at ${max}.`;
    const fix = `Set replicas to Replicas.between(${max}, ${max * 4}) or the like, or leave scaling out.`;
    problems.push({ rule: SCALING_WITHOUT_RANGE, property: 'scaling', message, fix });
  }
  return problems;
}

function signalProblems(
  signal: Signal,
  { gpu, runtime }: ModelServerProps,
  { engine, pod }: ResolvedServer,
): Problem[] {
  const property = 'scaling';
  if (signal.type === 'in-flight' && engine.inFlightMetric === undefined) {
    const message = `scaling follows the requests in flight, and the runtime ${runtime.kind} reports no metric of them.`;
    const fix = 'Set inFlightMetric of the runtime, or use Scaling.podsMetric(...).';
    return [{ rule: NO_IN_FLIGHT_METRIC, property, message, fix }];
  }
  if (signal.type !== 'utilization') return [];
  const problems: Problem[] = [];
  const { resource, percent } = signal;
  const request = resource === 'cpu' ? pod.main.cpuMillis : pod.main.memoryKib;
  if (request === undefined) {
    const message = `scaling keeps ${resource} at ${percent} percent of its request, and ${resource} is not set.`;
    problems.push({ rule: NO_REQUEST, property, value: `${percent}`, message, fix: `Set ${resource}.` });
  }
  if (resource === 'cpu' && gpu) {
    const message = `scaling keeps cpu at ${percent} percent, and the server runs on GPUs.`;
    const fix = 'Use Scaling.inFlightRequests(...) or a Scaling.podsMetric(...) of the queue.';
    problems.push({ rule: CPU_SIGNAL, property, value: `${percent}`, message, fix });
  }
  return problems;
}

function componentProblems(profile: ClusterProfile, signal: Signal): Problem[] {
  if (!profile.isKnown || signal.type === 'utilization') return [];
  const external = signal.type === 'external';
  const component = external ? Component.EXTERNAL_METRICS : Component.CUSTOM_METRICS;
  if (profile.components.includes(component)) return [];
  const api = external ? 'external.metrics.k8s.io' : 'custom.metrics.k8s.io';
  const message = `scaling follows a metric of ${api}, and the profile ${profile.name} has no ${component}.`;
  const name = external ? 'EXTERNAL_METRICS' : 'CUSTOM_METRICS';
  const fix = `Add Component.${name} to the profile once the cluster has it, or use Scaling.memoryUtilization(...).`;
  return [{ rule: MISSING_COMPONENT, property: 'scaling', value: component, message, fix }];
}
