import type { RuleCase } from '../rule-case';
import { CLUTTER_CASES } from './clutter';
import { LOST_WORK_CASES } from './lost-work';
import { OOM_CASES } from './oom';
import { PENDING_CASES } from './pending';
import { PIPELINES_CASES } from './pipelines';
import { READING_CASES } from './reading';
import { REFERENCES_CASES } from './references';
import { RUNAWAY_CASES } from './runaway';
import { SECURITY_CASES } from './security';
import { SERVING_CASES } from './serving';
import { SLOW_GANG_CASES } from './slow-gang';

/** What every rule says of the least manifests. */
export const EVERY_CASE: readonly RuleCase[] = [
  ...READING_CASES,
  ...PENDING_CASES,
  ...LOST_WORK_CASES,
  ...SLOW_GANG_CASES,
  ...OOM_CASES,
  ...CLUTTER_CASES,
  ...RUNAWAY_CASES,
  ...SERVING_CASES,
  ...SECURITY_CASES,
  ...PIPELINES_CASES,
  ...REFERENCES_CASES,
];
