import type { IConstruct } from 'constructs';
import { clusterProblems } from '../cluster/lookups';
import { ClusterProfile } from '../cluster/profile';
import { AccessMode } from '../cluster/settings';
import type { Problem, Rule } from '../core/diagnostics';
import { secondsOf } from '../core/amounts';
import { podProblems } from '../render/pod-checks';
import { NOT_DURABLE, ONE_NODE_CLAIM, ONE_POD_CLAIM, READ_ONLY_CLAIM_WRITTEN } from '../storage/diagnostics';
import type { MountedClaim } from '../storage/mounted-claim';
import { EXIT_CODES, LONG_DEADLINE, PRIORITY_WITHOUT_QUEUE, RETRIES_WITHOUT_CHECKPOINTS } from './diagnostics';
import { faultProblems } from './faults/fault-checks';
import { hiddenExitCodeProblems } from './frameworks/hidden-exit-codes';
import { coverageProblems } from './place/queue-coverage';
import { preflightProblems } from './preflight/preflight-script';
import type { TrainingPod } from './training-pod';
import type { TrainingProps } from './training-props';

/** What every training run must get right, on one node or many. */
export function trainingProblems(
  scope: IConstruct,
  props: TrainingProps,
  trained: TrainingPod,
  nodes: number,
  injected: readonly string[] = [],
): Problem[] {
  const profile = ClusterProfile.of(scope);
  return [
    ...podProblems(props, trained.pod, [...trained.ownEnv, ...injected], profile.stage),
    ...trained.placement.problems,
    ...clusterProblems(scope, props),
    ...coverageProblems(scope, props.queue, trained.pod),
    ...boundProblems(props),
    ...hiddenExitCodeProblems(props),
    ...faultProblems(profile, props, trained),
    ...preflightProblems(props, trained.placement.devices),
    ...durabilityProblems(props),
    ...claimProblems('dataset', props.dataset?._mounted, nodes, false),
    ...claimProblems('checkpoints', props.checkpoints?._mounted, nodes, true),
    ...claimProblems('output', props.output?._mounted, nodes, true),
  ];
}

const LONGEST_DAYS = 30;

function boundProblems(props: TrainingProps): Problem[] {
  const found = (rule: Rule, property: string, message: string, fix: string): Problem => ({
    rule,
    property,
    message,
    fix,
  });
  const problems: Problem[] = [];
  const { backoffLimit = 0, failOnExitCodes = [] } = props;
  if (backoffLimit > 0 && !props.checkpoints) {
    problems.push(
      found(
        RETRIES_WITHOUT_CHECKPOINTS,
        'backoffLimit',
        `backoffLimit is ${backoffLimit} but checkpoints is not set, so every retry repeats all the work.`,
        'Set checkpoints, or set backoffLimit to 0.',
      ),
    );
  }
  const days = secondsOf(props.activeDeadline) / 86400;
  if (days > LONGEST_DAYS) {
    problems.push(
      found(
        LONG_DEADLINE,
        'activeDeadline',
        `activeDeadline is ${Math.round(days)} days.`,
        `Give at most ${LONGEST_DAYS} days.`,
      ),
    );
  }
  if (new Set(failOnExitCodes).size !== failOnExitCodes.length) {
    problems.push(
      found(
        EXIT_CODES,
        'failOnExitCodes',
        `failOnExitCodes is ${failOnExitCodes.join(', ')}, which names a code twice.`,
        'Name each code once.',
      ),
    );
  }
  if (props.workloadPriorityClassName !== undefined && !props.queue) {
    problems.push(
      found(
        PRIORITY_WITHOUT_QUEUE,
        'workloadPriorityClassName',
        `workloadPriorityClassName is ${props.workloadPriorityClassName} but queue is not set.`,
        'Set queue, or use priorityClassName.',
      ),
    );
  }
  return problems;
}

function durabilityProblems({ checkpoints }: TrainingProps): Problem[] {
  if (!checkpoints || checkpoints.durable) return [];
  return [
    {
      rule: NOT_DURABLE,
      property: 'checkpoints',
      message: 'checkpoints are in a directory that goes with the pod.',
      fix: "Use Checkpoints.claim('name').",
    },
  ];
}

function claimProblems(property: string, claim: MountedClaim | undefined, nodes: number, written: boolean): Problem[] {
  if (claim?.accessMode === undefined) return [];
  const found = (rule: Rule, message: string, fix: string): Problem[] => [
    { rule, property, value: claim.accessMode, message, fix },
  ];
  const mode = `claim ${claim.claimName} is ${claim.accessMode}`;
  if (written && claim.accessMode === AccessMode.READ_ONLY_MANY)
    return found(READ_ONLY_CLAIM_WRITTEN, `${mode}, and the run writes to it.`, 'Take a claim with ReadWriteMany.');
  if (nodes > 1 && claim.accessMode === AccessMode.READ_WRITE_ONCE)
    return found(ONE_NODE_CLAIM, `${mode}, and the run has ${nodes} nodes.`, 'Take a claim with ReadWriteMany.');
  if (nodes > 1 && claim.accessMode === AccessMode.READ_WRITE_ONCE_POD)
    return found(ONE_POD_CLAIM, `${mode}, and the run has ${nodes} pods.`, 'Take a claim with ReadWriteMany.');
  return [];
}
