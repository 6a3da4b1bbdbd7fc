import type { ClusterProfile } from '../../cluster/profile';
import { secondsOf } from '../../core/amounts';
import type { Problem } from '../../core/diagnostics';
import type { BackendRow } from '../backends/backend-row';
import { RestartScope } from '../backends/backend-row';
import {
  DISRUPTION_ENDS_RUN,
  GRACE_BEYOND_NOTICE,
  SAVE_BEYOND_NOTICE,
  SAVE_INTERVAL,
  SPOT_AGAINST_MODEL,
  SPOT_WITHOUT_CHECKPOINTS,
} from '../diagnostics';
import type { Faults } from './faults';
import { faultsOf } from './faults';
import type { RunBounds } from '../run-bounds';
import type { TrainingPod } from '../training-pod';
import type { TrainingProps } from '../training-props';

/** What a run lacks to survive the loss of its nodes, on one node or many. */
export function faultProblems(
  profile: ClusterProfile,
  props: TrainingProps,
  { pod, placement }: TrainingPod,
): Problem[] {
  const faults = faultsOf(profile, props, placement.spot);
  return [
    ...modelProblems(props, placement.spot),
    ...(faults.spot && !props.checkpoints?.durable ? [withoutCheckpoints(props)] : []),
    ...graceProblems(profile, pod.graceSeconds, faults),
    ...saveProblems(props, pod.graceSeconds, faults),
    ...intervalProblems(props),
  ];
}

function modelProblems({ faultModel, pool }: TrainingProps, spotPool: boolean): Problem[] {
  if (!spotPool || !faultModel || faultModel.name === 'spot') return [];
  const message = `faultModel is ${faultModel.name}, and pool ${pool?.poolName} has spot nodes.`;
  const fix = 'Use FaultModel.spot(), or take an on-demand pool.';
  return [{ rule: SPOT_AGAINST_MODEL, property: 'faultModel', value: faultModel.name, message, fix }];
}

function withoutCheckpoints(props: TrainingProps): Problem {
  return {
    rule: SPOT_WITHOUT_CHECKPOINTS,
    property: 'checkpoints',
    message: `${spotNodes(props)}, and there are no durable checkpoints.`,
    fix: 'Set checkpoints on a claim, or take an on-demand pool.',
  };
}

function spotNodes({ faultModel, pool }: TrainingProps): string {
  return faultModel?.name === 'spot' ? 'faultModel is spot' : `pool ${pool?.poolName} has spot nodes`;
}

function graceProblems({ provider }: ClusterProfile, grace: number, { spot, noticeSeconds: most }: Faults): Problem[] {
  if (most === undefined || grace <= most) return [];
  const node = spot ? `a spot node of ${provider}` : 'a node in maintenance';
  const message = `terminationGracePeriod is ${grace} s, and a pod on ${node} gets ${most} s.`;
  const fix = 'Leave it out, or make it shorter.';
  return [{ rule: GRACE_BEYOND_NOTICE, property: 'terminationGracePeriod', message, fix }];
}

function saveProblems(
  { checkpoints, terminationGracePeriod }: TrainingProps,
  grace: number,
  faults: Faults,
): Problem[] {
  if (!checkpoints?.saveTime) return [];
  const save = secondsOf(checkpoints.saveTime);
  const most = Math.min(grace, faults.noticeSeconds ?? grace);
  if (save <= most) return [];
  const message = `saveTime of checkpoints is ${save} s, and a pod gets ${most} s to stop.`;
  const longer =
    terminationGracePeriod || !faults.spot ? 'set a longer terminationGracePeriod where drains wait so long, or ' : '';
  const fix = `Save in less time; ${longer}save so often that the last one need not be saved.`;
  return [{ rule: SAVE_BEYOND_NOTICE, property: 'checkpoints', value: `${save} s`, message, fix }];
}

/** At a quarter of the time between interruptions, each of them costs an eighth of the work on average. */
const LARGEST_SHARE = 1 / 4;

function intervalProblems({ checkpoints, faultModel }: TrainingProps): Problem[] {
  if (!checkpoints?.saveInterval) return [];
  const interval = secondsOf(checkpoints.saveInterval);
  const save = checkpoints.saveTime && secondsOf(checkpoints.saveTime);
  const mean = faultModel?._options.meanTimeBetweenInterruptions;
  const found = (message: string, fix: string): Problem[] => [
    { rule: SAVE_INTERVAL, property: 'checkpoints', value: `${interval} s`, message, fix },
  ];
  if (save !== undefined && save >= interval) {
    return found(`saveInterval of checkpoints is ${interval} s, and saving takes ${save} s.`, 'Save less often.');
  }
  if (mean === undefined || interval <= secondsOf(mean) * LARGEST_SHARE) return [];
  const message = `saveInterval of checkpoints is ${interval} s, and the run is interrupted every ${secondsOf(mean)} s.`;
  return found(message, `Save every ${bestInterval(secondsOf(mean), save)} s or so.`);
}

/** Young's interval, at which saving and repeating cost the same; without a time of saving just what passes. */
function bestInterval(mean: number, save: number | undefined): number {
  const most = mean * LARGEST_SHARE;
  return Math.floor(save === undefined ? most : Math.min(most, Math.sqrt(2 * save * mean)));
}

/** What of a gang on spot nodes does not survive the loss of one. */
export function disruptionProblems(
  props: TrainingProps,
  { spot }: Faults,
  { resource: kind, title: resource = kind, restarts, lossOfPod, countsDisruptions = false }: BackendRow,
  { retries }: RunBounds,
  nodes: number,
): Problem[] {
  if (!spot) return [];
  if (lossOfPod !== undefined) {
    const message = `${spotNodes(props)}, and of a ${resource} ${lossOfPod}.`;
    const fix = "Set backend to one that starts a gang again, such as TrainingBackend.JOB_SET ('job-set').";
    return [{ rule: DISRUPTION_ENDS_RUN, property: 'backend', value: resource, message, fix }];
  }
  const startsAgain = restarts.includes(RestartScope.GANG);
  if (retries > 0 || (startsAgain ? !countsDisruptions : nodes === 1)) return [];
  const effect = startsAgain ? 'the loss of a pod counts as a failure' : 'the others fail with a pod that is lost';
  const message = `${spotNodes(props)}, backoffLimit is 0, and of a ${resource} ${effect}.`;
  return [
    { rule: DISRUPTION_ENDS_RUN, property: 'backoffLimit', value: '0', message, fix: 'Set backoffLimit to 1 or more.' },
  ];
}
