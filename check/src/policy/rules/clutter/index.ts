import type { AnyRule } from '../../rule';
import { cronJobNameTooLong } from './cron-job-name-too-long';
import { deepHistory } from './deep-history';
import { defaultNamespace } from './default-namespace';
import { instantCleanup } from './instant-cleanup';
import { namespaceWithoutQuota } from './namespace-without-quota';
import { noPodGc } from './no-pod-gc';
import { noStartingDeadline } from './no-starting-deadline';
import { noTimeZone } from './no-time-zone';
import { noTtlAfterFinished } from './no-ttl-after-finished';
import { overlappingRuns } from './overlapping-runs';
import { podFailurePolicy } from './pod-failure-policy';
import { quotaOnLimits } from './quota-on-limits';
import { rayClusterOutlivesJob } from './ray-cluster-outlives-job';
import { restartInPlace } from './restart-in-place';
import { shortStartingDeadline } from './short-starting-deadline';
import { sweepKeptLong } from './sweep-kept-long';
import { ttlOnDeclaredRun } from './ttl-on-declared-run';

/** Rules of the group clutter. */
export const CLUTTER: readonly AnyRule[] = [
  instantCleanup,
  podFailurePolicy,
  cronJobNameTooLong,
  deepHistory,
  defaultNamespace,
  namespaceWithoutQuota,
  noPodGc,
  noStartingDeadline,
  noTimeZone,
  noTtlAfterFinished,
  overlappingRuns,
  quotaOnLimits,
  rayClusterOutlivesJob,
  restartInPlace,
  shortStartingDeadline,
  sweepKeptLong,
  ttlOnDeclaredRun,
];
