import type { ClusterProfile } from '../cluster/profile';
import { secondsOf } from '../core/amounts';
import type { Problem } from '../core/diagnostics';
import { goDuration } from '../kinds/go-duration';
import { GIVES_UP_BEFORE_KUEUE } from './diagnostics';
import type { DistributedRunProps } from './gang-props';

const USUAL_SECONDS = 1800; // as long as Kueue gives a gang to become ready

/** Time in which the processes of a gang must have met, where a script of ours bounds it. */
export function startSeconds(profile: ClusterProfile, { framework, queue }: DistributedRunProps): number {
  return framework._startSeconds ?? Math.max(USUAL_SECONDS, queue ? secondsOf(profile.kueueWaitForPodsReady) : 0);
}

/** The pods of a gang may start as far apart as Kueue waits for the last of them. */
export function startTimeProblems(profile: ClusterProfile, { framework, queue }: DistributedRunProps): Problem[] {
  const given = framework._startSeconds;
  const wait = secondsOf(profile.kueueWaitForPodsReady);
  if (!queue || given === undefined || given >= wait) return [];
  const message = `startTimeout is ${goDuration(given)}, and Kueue waits ${goDuration(wait)} for the last pod of the run.`;
  const fix = `Leave startTimeout out, or give at least ${goDuration(wait)}.`;
  return [{ rule: GIVES_UP_BEFORE_KUEUE, property: 'framework.startTimeout', value: goDuration(given), message, fix }];
}
