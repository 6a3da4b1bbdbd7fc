import type { ClusterProfile } from '../cluster/profile';
import type { Problem } from '../core/diagnostics';
import { GRACE_BEYOND_NOTICE, SHORT_GRACE, SPOT_SERVING } from './diagnostics';
import { wantedDrain } from './drain';
import type { ModelServerProps } from './model-server-props';
import type { ResolvedServer } from './resolve-server';

/** What is wrong with how replicas go. */
export function drainProblems(
  { provider }: ClusterProfile,
  props: ModelServerProps,
  server: ResolvedServer,
): Problem[] {
  const { noticeSeconds, graceSeconds, requestSeconds } = server.drain;
  const property = 'terminationGracePeriod';
  const problems: Problem[] = [];
  const wanted = wantedDrain(props);
  const needed = wanted.preStopSeconds + wanted.requestSeconds;
  if (props.terminationGracePeriod && graceSeconds < needed) {
    const parts = `${wanted.preStopSeconds} s of preStopSleep and ${wanted.requestSeconds} s of maxRequestDuration`;
    const message = `terminationGracePeriod is ${graceSeconds} s, and a replica that goes needs ${needed} s: ${parts}.`;
    const fix = 'Leave terminationGracePeriod out, or lower maxRequestDuration.';
    problems.push({ rule: SHORT_GRACE, property, value: `${graceSeconds}`, message, fix });
  }
  if (server.placement.spot) {
    const notice =
      noticeSeconds === undefined
        ? ''
        : `, which leave a pod ${noticeSeconds} s on ${provider}: requests get ${requestSeconds} s to finish`;
    const message = `pool ${props.pool?.poolName} has spot nodes${notice}.`;
    const fix = 'Take an on-demand pool, at least for a second server behind the same gateway.';
    problems.push({ rule: SPOT_SERVING, property: 'pool', value: props.pool?.poolName, message, fix });
  }
  if (noticeSeconds !== undefined && graceSeconds > noticeSeconds) {
    const message = `terminationGracePeriod is ${graceSeconds} s, and spot nodes of ${provider} leave a pod ${noticeSeconds} s.`;
    const fix = 'Leave it out, or make it shorter.';
    problems.push({ rule: GRACE_BEYOND_NOTICE, property, value: `${graceSeconds}`, message, fix });
  }
  return problems;
}
