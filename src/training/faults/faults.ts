import { spotNoticeSeconds, spotPodSeconds } from '../../catalog/spot';
import type { ClusterProfile } from '../../cluster/profile';
import type { Provider } from '../../cluster/settings';
import { secondsOf } from '../../core/amounts';
import type { TrainingProps } from '../training-props';

/** How nodes go away under a run, resolved. */
export interface Faults {
  readonly spot: boolean;
  /** Time after which the node is gone, whatever its pods ask; undefined where nobody knows. */
  readonly noticeSeconds?: number;
  /** Most that a pod is given to stop, unless the user says more. */
  readonly longestGrace: number;
}

/** Most that the cluster autoscaler waits for a pod, unless told otherwise. https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md */
const LONGEST_DRAIN_SECONDS = 600;

/** What takes the nodes of a run away: as it says, or else as its pool does. */
export function faultsOf(
  { provider }: ClusterProfile,
  { faultModel, pool }: Pick<TrainingProps, 'faultModel' | 'pool'>,
  spotPool: boolean,
): Faults {
  const spot = spotPool || faultModel?.name === 'spot';
  const given = faultModel?._options.notice;
  const known = spot ? spotGraceSeconds(provider) : undefined;
  const noticeSeconds = given ? secondsOf(given) : known;
  const drain = pool?.placement.terminationGracePeriod;
  const longestDrain = Math.min(LONGEST_DRAIN_SECONDS, drain ? secondsOf(drain) : LONGEST_DRAIN_SECONDS);
  return { spot, noticeSeconds, longestGrace: noticeSeconds ?? longestDrain };
}

const GRACE_SECONDS = 120; // enough for a last checkpoint of a few gigabytes
const LEAST_GRACE_SECONDS = 30;
const SAVE_MARGIN_SECONDS = 10; // for the program to notice SIGTERM and to end

/** Time between SIGTERM and SIGKILL: enough for a last checkpoint, and no longer than a pod gets. */
export function graceSeconds({ longestGrace }: Faults, { checkpoints }: Pick<TrainingProps, 'checkpoints'>): number {
  const save = checkpoints?.saveTime && secondsOf(checkpoints.saveTime);
  const wanted =
    save === undefined ? GRACE_SECONDS : Math.max(LEAST_GRACE_SECONDS, Math.ceil(save) + SAVE_MARGIN_SECONDS);
  return Math.min(wanted, longestGrace);
}

/** What a pod on a spot node gets to stop: what is known to reach pods, or else the notice of the node. */
export function spotGraceSeconds(provider: Provider): number | undefined {
  return spotPodSeconds(provider) ?? spotNoticeSeconds(provider);
}
