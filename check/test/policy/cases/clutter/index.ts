import type { RuleCase } from '../../rule-case';
import { CRON_JOB_NAME_TOO_LONG } from './cron-job-name-too-long';
import { DEEP_HISTORY } from './deep-history';
import { DEFAULT_NAMESPACE } from './default-namespace';
import { INSTANT_CLEANUP } from './instant-cleanup';
import { NAMESPACE_WITHOUT_QUOTA } from './namespace-without-quota';
import { NO_POD_GC } from './no-pod-gc';
import { NO_STARTING_DEADLINE } from './no-starting-deadline';
import { NO_TIME_ZONE } from './no-time-zone';
import { NO_TTL_AFTER_FINISHED, NO_TTL_OF_OPERATORS } from './no-ttl-after-finished';
import { OVERLAPPING_RUNS } from './overlapping-runs';
import { POD_FAILURE_POLICY } from './pod-failure-policy';
import { QUOTA_ON_LIMITS } from './quota-on-limits';
import { RAY_CLUSTER_OUTLIVES_JOB } from './ray-cluster-outlives-job';
import { RESTART_IN_PLACE } from './restart-in-place';
import { SHORT_STARTING_DEADLINE } from './short-starting-deadline';
import { SWEEP_KEPT_LONG } from './sweep-kept-long';
import { TTL_ON_DECLARED_RUN } from './ttl-on-declared-run';

export const CLUTTER_CASES: readonly RuleCase[] = [
  INSTANT_CLEANUP,
  POD_FAILURE_POLICY,
  CRON_JOB_NAME_TOO_LONG,
  DEEP_HISTORY,
  DEFAULT_NAMESPACE,
  NAMESPACE_WITHOUT_QUOTA,
  NO_POD_GC,
  NO_STARTING_DEADLINE,
  NO_TIME_ZONE,
  NO_TTL_AFTER_FINISHED,
  NO_TTL_OF_OPERATORS,
  OVERLAPPING_RUNS,
  QUOTA_ON_LIMITS,
  RAY_CLUSTER_OUTLIVES_JOB,
  RESTART_IN_PLACE,
  SHORT_STARTING_DEADLINE,
  SWEEP_KEPT_LONG,
  TTL_ON_DECLARED_RUN,
];
