import type { ClusterProfile } from '../cluster/profile';
import type { Manifest } from '../render/api-object';
import type { PodDescription } from '../render/pod-description';
import { singleEgressPolicy } from './network/egress-policy';
import { preflightCompanions } from './preflight/preflight-script';
import type { TrainingProps } from './training-props';

/** Objects beside a run of one pod. */
export function singleCompanions(
  profile: ClusterProfile,
  props: TrainingProps,
  baseName: string,
  pod: PodDescription,
): Manifest[] {
  return [...singleEgressPolicy(profile, props, baseName, pod), ...preflightCompanions(props, baseName, pod)];
}
