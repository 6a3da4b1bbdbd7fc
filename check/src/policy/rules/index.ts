import type { AnyRule } from '../rule';
import { CLUTTER } from './clutter';
import { LOST_WORK } from './lost-work';
import { OOM } from './oom';
import { PENDING } from './pending';
import { PIPELINES } from './pipelines';
import { READING } from './reading';
import { REFERENCES } from './references';
import { RUNAWAY } from './runaway';
import { SECURITY } from './security';
import { SERVING } from './serving';
import { SLOW_GANG } from './slow-gang';

/** Every rule, by group. */
export const RULES: readonly AnyRule[] = [
  ...READING,
  ...PENDING,
  ...LOST_WORK,
  ...SLOW_GANG,
  ...OOM,
  ...CLUTTER,
  ...RUNAWAY,
  ...SERVING,
  ...SECURITY,
  ...PIPELINES,
  ...REFERENCES,
];
