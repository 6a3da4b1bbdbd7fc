import type { RuleCase } from '../../rule-case';
import { CHECKPOINT_IN_CONTAINER } from './checkpoint-in-container';
import { CHECKPOINT_ON_OBJECT_MOUNT } from './checkpoint-on-object-mount';
import { CHECKPOINT_ON_SCRATCH } from './checkpoint-on-scratch';
import { CHECKPOINTS_DIE_WITH_OWNER, CHECKPOINTS_DIE_WITH_JOB_SET } from './checkpoints-die-with-owner';
import * as claimOnSeveralNodes from './claim-on-several-nodes';
import {
  DEFAULT_RETRIES,
  DEFAULT_RETRIES_OF_OPERATORS,
  DEFAULT_RETRIES_WITH_CHECKPOINTS,
  DEFAULT_RETRIES_OF_JOB_SET,
  DEFAULT_RETRIES_OF_VOLCANO,
} from './default-retries';
import { GRACE_LONGER_THAN_SPOT_NOTICE } from './grace-longer-than-spot-notice';
import { LONG_RUN_WITHOUT_CHECKPOINT } from './long-run-without-checkpoint';
import { RARE_CHECKPOINTS } from './rare-checkpoints';
import { READ_ONLY_CLAIM_WRITTEN } from './read-only-claim-written';
import { RESULT_ONLY_ON_CLAIM } from './result-only-on-claim';
import {
  RETRIES_OF_JOB_SET,
  RETRIES_WITHOUT_CHECKPOINTS,
  RETRIES_OF_WORKFLOW,
  RETRIES_OF_PYTORCH_JOB,
} from './retries-without-checkpoints';
import { SHELL_SWALLOWS_SIGNAL } from './shell-swallows-signal';
import { SPOT_WITHOUT_DURABLE_CHECKPOINTS } from './spot-without-durable-checkpoints';
import { VOLUME_DELETED_WITH_CLAIM } from './volume-deleted-with-claim';

export const LOST_WORK_CASES: readonly RuleCase[] = [
  CHECKPOINT_IN_CONTAINER,
  CHECKPOINT_ON_OBJECT_MOUNT,
  CHECKPOINT_ON_SCRATCH,
  CHECKPOINTS_DIE_WITH_OWNER,
  CHECKPOINTS_DIE_WITH_JOB_SET,
  ...Object.values(claimOnSeveralNodes),
  DEFAULT_RETRIES,
  DEFAULT_RETRIES_OF_OPERATORS,
  DEFAULT_RETRIES_WITH_CHECKPOINTS,
  DEFAULT_RETRIES_OF_JOB_SET,
  DEFAULT_RETRIES_OF_VOLCANO,
  GRACE_LONGER_THAN_SPOT_NOTICE,
  LONG_RUN_WITHOUT_CHECKPOINT,
  RARE_CHECKPOINTS,
  READ_ONLY_CLAIM_WRITTEN,
  RESULT_ONLY_ON_CLAIM,
  RETRIES_WITHOUT_CHECKPOINTS,
  RETRIES_OF_JOB_SET,
  RETRIES_OF_WORKFLOW,
  RETRIES_OF_PYTORCH_JOB,
  SHELL_SWALLOWS_SIGNAL,
  SPOT_WITHOUT_DURABLE_CHECKPOINTS,
  VOLUME_DELETED_WITH_CLAIM,
];
