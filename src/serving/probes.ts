import type { Duration } from 'cdk8s';
import type { Probe } from '../../imports/k8s';
import { duration, secondsOf } from '../core/amounts';
import type { Check, Shape } from '../core/shape';
import { integer, optional, record } from '../core/shape';
import { httpPath } from './runtimes/engine';
import type { Engine } from './runtimes/engine';

/**
 * How the kubelet asks a server how it is.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export interface ProbeOptions {
  /**
   * Path that answers with success.
   *
   * @default - the path of the runtime
   */
  readonly path?: string;
  /**
   * Time from one question to the next. `periodSeconds`
   *
   * @default - 10 seconds for startup and liveness, 5 for readiness
   */
  readonly period?: Duration;
  /**
   * Time after which no answer is a failure. `timeoutSeconds`
   *
   * @default - 5 seconds for startup and readiness, 10 for liveness
   */
  readonly timeout?: Duration;
  /**
   * Failures in a row that count.
   *
   * @default - as many as `loadTime` needs for startup, 3 for readiness, 6 for liveness
   */
  readonly failureThreshold?: number;
}

const shape: Shape<ProbeOptions> = {
  path: optional(httpPath),
  period: optional(duration({ min: 1, max: 3600 })),
  timeout: optional(duration({ min: 1, max: 3600 })),
  failureThreshold: optional(integer({ min: 1, max: 100000 })),
};

/** Checks of a probe. */
export const probeCheck: Check = record('ProbeOptions', shape);

/** What the user says of the probes of a server. */
export interface ProbeProps {
  readonly loadTime?: Duration;
  readonly startupProbe?: ProbeOptions;
  readonly readinessProbe?: ProbeOptions;
  readonly livenessProbe?: ProbeOptions;
}

/** The probes of a server. */
export interface Probes {
  readonly startupProbe: Probe;
  readonly readinessProbe: Probe;
  readonly livenessProbe: Probe;
}

/** Least time that a server has to load, whatever it says: an image that is cold, a disk that is slow. */
const LEAST_STARTUP_SECONDS = 600;
/** A load that takes twice as long as usual is still no failure. */
const LOAD_FACTOR = 2;

/**
 * The three probes. Loading is the business of the startup probe, so the others need no initial delay; liveness gives a busy
 * server a minute, and a server that hangs does not get the grace of one that drains.
 */
export function probes(props: ProbeProps, engine: Engine, stuckGraceSeconds: number): Probes {
  const { startupProbe, readinessProbe, livenessProbe } = props;
  const startupPeriod = seconds(startupProbe?.period, 10);
  const terminationGracePeriodSeconds = stuckGraceSeconds;
  return {
    startupProbe: {
      ...probe(startupProbe, engine.readyPath, {
        period: 10,
        timeout: 5,
        failures: startupFailures(props, startupPeriod),
      }),
      terminationGracePeriodSeconds,
    },
    readinessProbe: probe(readinessProbe, engine.readyPath, { period: 5, timeout: 5, failures: 3 }),
    livenessProbe: {
      ...probe(livenessProbe, engine.healthPath, { period: 10, timeout: 10, failures: 6 }),
      terminationGracePeriodSeconds,
    },
  };
}

/** Time after which a probe gives up. */
export function budgetSeconds({ periodSeconds = 10, failureThreshold = 3 }: Probe): number {
  return periodSeconds * failureThreshold;
}

function startupFailures({ loadTime }: ProbeProps, period: number): number {
  const wanted = loadTime === undefined ? 0 : LOAD_FACTOR * secondsOf(loadTime);
  return Math.ceil(Math.max(LEAST_STARTUP_SECONDS, wanted) / period);
}

function probe(
  given: ProbeOptions = {},
  path: string,
  defaults: { readonly period: number; readonly timeout: number; readonly failures: number },
): Probe {
  return {
    httpGet: { path: given.path ?? path, port: HTTP_PORT_NAME },
    periodSeconds: seconds(given.period, defaults.period),
    timeoutSeconds: seconds(given.timeout, defaults.timeout),
    failureThreshold: given.failureThreshold ?? defaults.failures,
  };
}

function seconds(given: Duration | undefined, otherwise: number): number {
  return given === undefined ? otherwise : secondsOf(given);
}

/** Name of the port on which the server speaks HTTP. */
export const HTTP_PORT_NAME = 'http';
