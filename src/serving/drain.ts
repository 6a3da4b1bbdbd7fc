import type { Duration } from 'cdk8s';
import { spotNoticeSeconds } from '../catalog/spot';
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
  /** Notice of the node, where it is short. */
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
/** What the node needs of the notice for itself. */
const TO_SPARE_SECONDS = 10;

/** The times of a drain; shorter on nodes that are taken back sooner than it would take. */
export function drain(props: DrainProps, provider: Provider, spot: boolean): Drain {
  const { preStopSeconds: preStop, requestSeconds: request } = wantedDrain(props);
  const noticeSeconds = spot ? spotNoticeSeconds(provider) : undefined;
  const wanted = preStop + request + FLUSH_SECONDS;
  const derived =
    noticeSeconds === undefined ? wanted : Math.min(wanted, Math.max(1, noticeSeconds - TO_SPARE_SECONDS));
  const grace = seconds(props.terminationGracePeriod, derived);
  // A third for each part when there is not enough for all. The API server refuses a sleep beyond the grace period.
  const preStopSeconds = Math.min(preStop, props.preStopSleep ? grace : Math.floor(grace / 3));
  const flush = Math.min(FLUSH_SECONDS, Math.floor(grace / 3));
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

function seconds(given: Duration | undefined, otherwise: number): number {
  return given === undefined ? otherwise : secondsOf(given);
}
