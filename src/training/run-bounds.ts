import type { JobSpec, PodFailurePolicyRule } from '../../imports/k8s';
import { secondsOf } from '../core/amounts';
import type { TrainingProps } from './training-props';

/** How long a run may take and how often it may fail. */
export interface RunBounds {
  readonly activeDeadlineSeconds: number;
  /** Failures of the run that are forgiven, whatever the number of its pods. */
  readonly retries: number;
  /** Exit codes that end the run at once. */
  readonly failOnExitCodes: readonly number[];
  readonly ttlSeconds?: number;
}

/** Exit code of a process that was killed, here for its memory: an eviction is told apart by its condition. */
export const OUT_OF_MEMORY = 137;
const RETRIES_WITH_CHECKPOINTS = 2;

/** The bounds of a run from its props. */
export function runBounds(props: TrainingProps, ttlSeconds?: number): RunBounds {
  const bugs = new Set(props.failOnExitCodes);
  if (!props.retryOutOfMemory) bugs.add(OUT_OF_MEMORY);
  return {
    activeDeadlineSeconds: secondsOf(props.activeDeadline),
    retries: props.backoffLimit ?? (props.checkpoints ? RETRIES_WITH_CHECKPOINTS : 0),
    failOnExitCodes: [...bugs].sort((a, b) => a - b),
    ttlSeconds,
  };
}

/** The part of a JobSpec that bounds the run of a single pod or, with `pods`, of a gang whose members fail together. */
export function boundedJobSpec(run: RunBounds, containerName: string, pods = 1): Omit<JobSpec, 'template'> {
  return {
    backoffLimit: run.retries * pods,
    activeDeadlineSeconds: run.activeDeadlineSeconds,
    ttlSecondsAfterFinished: run.ttlSeconds,
    podReplacementPolicy: 'Failed',
    podFailurePolicy: { rules: [DISRUPTIONS_ARE_NOT_FAILURES, ...bugRules(run, containerName)] },
  };
}

/** First, so that it wins: a pod that was evicted, preempted or lost its node says nothing about the program. */
const DISRUPTIONS_ARE_NOT_FAILURES: PodFailurePolicyRule = {
  action: 'Ignore',
  onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
};

function bugRules(run: RunBounds, containerName: string): PodFailurePolicyRule[] {
  if (run.failOnExitCodes.length === 0) return [];
  return [{ action: 'FailJob', onExitCodes: { containerName, operator: 'In', values: [...run.failOnExitCodes] } }];
}
