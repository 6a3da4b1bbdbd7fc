import type { AnyRule } from '../../rule';
import { checkpointInContainer } from './checkpoint-in-container';
import { checkpointOnObjectMount } from './checkpoint-on-object-mount';
import { checkpointOnScratch } from './checkpoint-on-scratch';
import { checkpointsDieWithOwner } from './checkpoints-die-with-owner';
import { claimOnSeveralNodes } from './claim-on-several-nodes';
import { defaultRetries } from './default-retries';
import { graceLongerThanSpotNotice } from './grace-longer-than-spot-notice';
import { longRunWithoutCheckpoint } from './long-run-without-checkpoint';
import { rareCheckpoints } from './rare-checkpoints';
import { readOnlyClaimWritten } from './read-only-claim-written';
import { resultOnlyOnClaim } from './result-only-on-claim';
import { retriesWithoutCheckpoints } from './retries-without-checkpoints';
import { shellSwallowsSignal } from './shell-swallows-signal';
import { spotWithoutDurableCheckpoints } from './spot-without-durable-checkpoints';
import { volumeDeletedWithClaim } from './volume-deleted-with-claim';

/** Rules of the group lost-work. */
export const LOST_WORK: readonly AnyRule[] = [
  checkpointInContainer,
  checkpointOnObjectMount,
  checkpointOnScratch,
  checkpointsDieWithOwner,
  claimOnSeveralNodes,
  defaultRetries,
  graceLongerThanSpotNotice,
  longRunWithoutCheckpoint,
  rareCheckpoints,
  readOnlyClaimWritten,
  resultOnlyOnClaim,
  retriesWithoutCheckpoints,
  shellSwallowsSignal,
  spotWithoutDurableCheckpoints,
  volumeDeletedWithClaim,
];
