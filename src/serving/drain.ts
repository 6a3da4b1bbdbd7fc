import type { Duration } from 'cdk8s';
import { spotNoticeSeconds, spotPodSeconds } from '../catalog/spot';
import type { Provider } from '../cluster/settings';
import { secondsOf } from '../core/amounts';

/** How a server goes: it is taken out of the Service, answers what it has, and ends. */
export interface Drain {
  /** Time from being told to go until SIGTERM, in which new requests still come. */
  readonly preStopSeconds: number;
  /** Time from SIGTERM in which requests at hand are answered. */
  readonly requestSeconds: number;
  /** Time until SIGKILL, both included. */
  readonly graceSeconds: number;
  /** Time that a server gets which hangs and has nothing to answer. */
  readonly stuckGraceSeconds: number;
  /** Most that a pod gets to go, on a node that is taken back at short notice. */
  readonly noticeSeconds?: number;
}

/** What decides it. */
export interface DrainProps {
  readonly preStopSleep?: Duration;
  readonly maxRequestDuration?: Duration;
  readonly terminationGracePeriod?: Duration;
}

/** Endpoints are removed everywhere within seconds; KServe waits as long. https://github.com/kserve/kserve/pull/5496 */
const PRE_STOP_SECONDS = 15;
const REQUEST_SECONDS = 120;
/** For the last bytes, and for the process to end. */
const FLUSH_SECONDS = 15;
/** What the node needs of the notice for itself, where that is not known better. */
const NODE_SECONDS = 5;

/** The times of a drain; shorter on nodes that are taken back sooner than it would take. */
export function drain(props: DrainProps, provider: Provider, spot: boolean): Drain {
  const { preStopSeconds: preStop, requestSeconds: request } = wantedDrain(props);
  const noticeSeconds = spot ? podNoticeSeconds(provider) : undefined;
  const wanted = preStop + request + FLUSH_SECONDS;
  const derived = Math.min(wanted, noticeSeconds ?? wanted);
  const grace = seconds(props.terminationGracePeriod, derived);
  // A third for each part when there is not enough for all. The API server refuses a sleep beyond the grace period.
  const third = grace < wanted ? Math.floor(grace / 3) : grace;
  const preStopSeconds = Math.min(preStop, props.preStopSleep ? grace : third);
  const flush = Math.min(FLUSH_SECONDS, third);
  return {
    preStopSeconds,
    requestSeconds: Math.max(0, Math.min(request, grace - preStopSeconds - flush)),
    graceSeconds: grace,
    stuckGraceSeconds: Math.min(grace, preStopSeconds + FLUSH_SECONDS),
    noticeSeconds,
  };
}

/** What a drain should have, were there time enough. */
export function wantedDrain({ preStopSleep, maxRequestDuration }: DrainProps): {
  readonly preStopSeconds: number;
  readonly requestSeconds: number;
} {
  return {
    preStopSeconds: seconds(preStopSleep, PRE_STOP_SECONDS),
    requestSeconds: seconds(maxRequestDuration, REQUEST_SECONDS),
  };
}

function podNoticeSeconds(provider: Provider): number | undefined {
  const notice = spotNoticeSeconds(provider);
  return spotPodSeconds(provider) ?? (notice === undefined ? undefined : notice - NODE_SECONDS);
}

function seconds(given: Duration | undefined, otherwise: number): number {
  return given === undefined ? otherwise : secondsOf(given);
}
