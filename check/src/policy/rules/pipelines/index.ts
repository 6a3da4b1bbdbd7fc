import type { AnyRule } from '../../rule';
import { defaultServiceAccount } from './default-service-account';
import { duplicateStep } from './duplicate-step';
import { emptyStep } from './empty-step';
import { endlessStepRetries } from './endless-step-retries';
import { gpuStepDeadline } from './gpu-step-deadline';
import { orphanedRun } from './orphaned-run';
import { pastedParameter } from './pasted-parameter';
import { resourceStepDeadline } from './resource-step-deadline';
import { retrainBesideItself } from './retrain-beside-itself';
import { runNotWaitedFor } from './run-not-waited-for';
import { serviceAccountRights } from './service-account-rights';
import { skippedOutput } from './skipped-output';
import { stepCycle } from './step-cycle';
import { stepName } from './step-name';
import { successWithoutFailure } from './success-without-failure';
import { undeclaredParameter } from './undeclared-parameter';
import { unknownStep } from './unknown-step';
import { unknownTemplate } from './unknown-template';
import { unreadableCondition } from './unreadable-condition';
import { workflowTimeZone } from './workflow-time-zone';

/** Rules against workflows that are refused, hang or repeat. */
export const PIPELINES: readonly AnyRule[] = [
  gpuStepDeadline,
  endlessStepRetries,
  successWithoutFailure,
  runNotWaitedFor,
  resourceStepDeadline,
  unreadableCondition,
  orphanedRun,
  defaultServiceAccount,
  serviceAccountRights,
  retrainBesideItself,
  workflowTimeZone,
  emptyStep,
  unknownTemplate,
  unknownStep,
  stepCycle,
  duplicateStep,
  stepName,
  undeclaredParameter,
  pastedParameter,
  skippedOutput,
];
