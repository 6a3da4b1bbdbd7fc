import type { ClusterProfile } from '../../cluster/profile';
import { secondsOf } from '../../core/amounts';
import type { Problem } from '../../core/diagnostics';
import { goDuration } from '../../kinds/go-duration';
import { GIVES_UP_BEFORE_KUEUE } from '../diagnostics';
import type { DistributedRunProps } from '../gang-props';

const USUAL_SECONDS = 1800; // as long as Kueue gives a gang to become ready

/** Time in which the processes of a gang must have met, where a script of ours bounds it. */
export function startSeconds(profile: ClusterProfile, props: DistributedRunProps): number {
  const usual = Math.max(USUAL_SECONDS, props.queue ? secondsOf(profile.kueueWaitForPodsReady) : 0);
  return givenSeconds(props).seconds ?? usual;
}

/** The time that the user gives, and where. */
function givenSeconds({ framework, elastic }: DistributedRunProps): { property: string; seconds?: number } {
  const { startTimeout } = elastic ?? {};
  return startTimeout
    ? { property: 'elastic.startTimeout', seconds: secondsOf(startTimeout) }
    : { property: 'framework.startTimeout', seconds: framework._startSeconds };
}

/** The pods of a gang may start as far apart as Kueue waits for the last of them. */
export function startTimeProblems(profile: ClusterProfile, props: DistributedRunProps): Problem[] {
  const { property, seconds } = givenSeconds(props);
  const wait = secondsOf(profile.kueueWaitForPodsReady);
  if (!props.queue || seconds === undefined || seconds >= wait) return [];
  const given = goDuration(seconds);
  const message = `startTimeout is ${given}, and Kueue waits ${goDuration(wait)} for the last pod of the run.`;
  const fix = `Leave startTimeout out, or give at least ${goDuration(wait)}.`;
  return [{ rule: GIVES_UP_BEFORE_KUEUE, property, value: given, message, fix }];
}
