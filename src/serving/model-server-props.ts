import type { Duration } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-28';
import type { IGpuPool } from '../cluster/gpu-pool';
import { poolCheck } from '../cluster/pool-reference';
import { cpu, duration } from '../core/amounts';
import { dnsLabelProblem } from '../core/names';
import type { Shape } from '../core/shape';
import { instanceOf, integer, optional, text } from '../core/shape';
import { Gpu } from '../kinds/gpu';
import type { PodBaseProps } from '../render/pod-props';
import { podBaseShape } from '../render/pod-props';
import { ModelSource } from './model-source';
import type { ProbeOptions } from './probes';
import { probeCheck } from './probes';
import { Replicas } from './replicas';
import { Rollout } from './rollout';
import { Runtime } from './runtime';
import { Scaling } from './scaling';

/** Properties of a model server. */
export interface ModelServerProps extends PodBaseProps {
  /** Program that loads the model and answers requests. SRV017 to SRV020 as its factories say. */
  readonly runtime: Runtime;
  /**
   * Model that it serves. SRV002 (unsafe) when its revision floats in production, SRV017 when the runtime cannot use it, STO001
   * and STO005 when its claim cannot be mounted by all replicas.
   *
   * @default - the image contains it, and the program knows where
   */
  readonly model?: ModelSource;
  /**
   * GPUs of each replica.
   *
   * @default - none; the server runs on CPUs, and `cpu` and `memory` must be given
   */
  readonly gpu?: Gpu;
  /**
   * GPU nodes to run on. GPU001 to GPU009 when it can never run there; SRV005 (unsafe) when they are spot nodes, SRV023
   * (unsafe) when those leave less time than `terminationGracePeriod`, SRV013 (unsafe) and SRV014 when there are too few,
   * SRV021 (unsafe) without `gpu`.
   *
   * @default - any node that has the GPU model; for a server on CPUs, any node without GPUs
   */
  readonly pool?: IGpuPool;
  /**
   * Most CPU that a replica may use. KUB018 when it is below `cpu`.
   *
   * @default - no limit: what others do not ask for can be used
   */
  readonly cpuLimit?: Cpu;
  /**
   * Usual time from the start of the container until it can answer, download of the model included, from 1 second to a day.
   *
   * The startup probe gives it twice that, and 10 minutes at least.
   *
   * @default - unknown; the startup probe gives 10 minutes
   */
  readonly loadTime?: Duration;
  /**
   * How many replicas there are. SRV001 (unsafe) when there may be a single one and the profile's stage is PRODUCTION.
   *
   * @default Replicas.exactly(1)
   */
  readonly replicas?: Replicas;
  /**
   * What an autoscaler follows. SRV010 when it is left out with `Replicas.between(...)`, SRV011 when it is given with
   * `Replicas.exactly(...)`; SRV006 (unsafe), SRV007, SRV012 and CLU003 as its factories say.
   *
   * @default - no autoscaler
   */
  readonly scaling?: Scaling;
  /**
   * How a new version takes the place of the old one. SRV015 (unsafe) when no replica is left, SRV016 when the new one could
   * not mount the claim.
   *
   * @default - on CPUs `Rollout.maxSurge(1)`; on GPUs, which are scarce, and with a claim that one node may mount,
   * `Rollout.maxUnavailable(1)`, and `Rollout.recreate()` for a single replica
   */
  readonly rollout?: Rollout;
  /**
   * Longest time that a request takes, at most a day. A replica that has to go gets as long to answer what it has. SRV004
   * (unsafe) when `terminationGracePeriod` is shorter.
   *
   * @default Duration.seconds(120)
   */
  readonly maxRequestDuration?: Duration;
  /**
   * Time in which a replica that has to go still takes requests, since it takes a while until nobody sends it any.
   * `lifecycle.preStop.sleep`
   *
   * @default - 15 seconds, less on nodes that are taken back sooner
   */
  readonly preStopSleep?: Duration;
  /**
   * When the server has started. SRV003 (unsafe) when it gives less time than `loadTime`.
   *
   * @default - the ready path of the runtime, every 10 seconds, for twice `loadTime` and 10 minutes at least
   */
  readonly startupProbe?: ProbeOptions;
  /**
   * When requests are sent to the server.
   *
   * @default - the ready path of the runtime, every 5 seconds; 3 failures take it out of the Service
   */
  readonly readinessProbe?: ProbeOptions;
  /**
   * When the server is started again.
   *
   * @default - the health path of the runtime, every 10 seconds; 6 failures of 10 seconds each, which a busy server survives
   */
  readonly livenessProbe?: ProbeOptions;
  /**
   * Port of the Service, from 1 to 65535. SRV022 when the runtime has another port of that number.
   *
   * @default 80
   */
  readonly servicePort?: number;
  /**
   * Name of that port, at most 15 characters. SRV022 when the runtime has another port of that name.
   *
   * @default 'http'
   */
  readonly servicePortName?: string;
  /**
   * Name of the Deployment, the Service and the other objects: a DNS label that starts with a letter, at most 63 characters.
   *
   * COR005 when it is none.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
}

const DAY = 24 * 3600;

/** Checks of the props above. */
export const modelServerShape: Shape<ModelServerProps> = {
  ...podBaseShape,
  runtime: instanceOf(Runtime, 'Runtime.vllm() or the like'),
  model: optional(instanceOf(ModelSource, "ModelSource.huggingFace('org/model') or the like")),
  gpu: optional(instanceOf(Gpu, 'Gpu.l40s(1) or the like')),
  pool: optional(poolCheck),
  cpuLimit: optional(cpu),
  loadTime: optional(duration({ min: 1, max: DAY })),
  replicas: optional(instanceOf(Replicas, 'Replicas.between(2, 8) or the like')),
  scaling: optional(instanceOf(Scaling, 'Scaling.inFlightRequests(10) or the like')),
  rollout: optional(instanceOf(Rollout, 'Rollout.maxSurge(1) or the like')),
  maxRequestDuration: optional(duration({ min: 1, max: DAY })),
  preStopSleep: optional(duration({ min: 0, max: 3600 })),
  startupProbe: optional(probeCheck),
  readinessProbe: optional(probeCheck),
  livenessProbe: optional(probeCheck),
  servicePort: optional(integer({ min: 1, max: 65535 })),
  servicePortName: optional(text({ max: 15, grammar: portNameProblem })),
  name: optional(text({ max: 63 })),
};

/** A name of a port, as a container may have it too. */
function portNameProblem(name: string): string | undefined {
  if (name.includes('--')) return "must not contain '--'";
  return dnsLabelProblem(name, 15) ?? (/[a-z]/.test(name) ? undefined : 'must contain a letter');
}
