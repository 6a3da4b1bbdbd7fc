import { didYouMean } from '../core/nearest';
import { show } from '../core/diagnostics';
import { everySeconds } from './cron-duration';
import type { CronField, CronProblem } from './cron-field';
import { DAY_OF_MONTH, DAY_OF_WEEK, HOUR, MINUTE, MONTH, parseField } from './cron-field';

export type { CronProblem } from './cron-field';

/** A schedule by the clock: the minutes at which a job starts. */
export interface CalendarSchedule {
  readonly kind: 'calendar';
  /** Minutes of the hour, ascending. */
  readonly minutes: readonly number[];
  /** Hours of the day, ascending. */
  readonly hours: readonly number[];
  /** Days of the month, ascending, from 1. */
  readonly daysOfMonth: readonly number[];
  /** Months, ascending, from 1. */
  readonly months: readonly number[];
  /** Days of the week, ascending; 0 is Sunday. */
  readonly daysOfWeek: readonly number[];
  /** Whether a day matches when either its day of the month or its day of the week does; otherwise both must. */
  readonly eitherDay: boolean;
}

/** A schedule by elapsed time, which drifts against the wall clock. */
export interface IntervalSchedule {
  readonly kind: 'interval';
  /** Seconds from one run to the next. */
  readonly everySeconds: number;
  readonly eitherDay: false;
}

/** A schedule of a CronJob as the controller understands it. */
export type CronSchedule = CalendarSchedule | IntervalSchedule;

/** A schedule, or why the API server refuses it. */
export interface ParsedCron {
  readonly cron?: CronSchedule;
  readonly problem?: CronProblem;
}

const FIELDS: readonly CronField[] = [MINUTE, HOUR, DAY_OF_MONTH, MONTH, DAY_OF_WEEK];
const EXAMPLE = "such as '0 2 * * *' for two o'clock every night";

/** What the names stand for. https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax */
const DESCRIPTORS = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);
const EVERY = '@every ';

// White space as Go's strings.Fields splits at; JavaScript's own class differs by U+0085 and U+FEFF.
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/**
 * Reads a schedule with the grammar of the CronJob controller: `ParseStandard` of robfig/cron 3.0.1, and the refusal of
 * time zones that the API server adds. Never throws; linear in the length of `text`.
 *
 * @see https://pkg.go.dev/github.com/robfig/cron/v3@v3.0.1#ParseStandard
 */
export function parseCron(text: string): ParsedCron {
  if (text.includes('TZ')) return { problem: timeZoneProblem(text) };
  if (text.startsWith('@')) return parseDescriptor(text);
  const fields = text.split(SPACE).filter((field) => field !== '');
  if (fields.length !== FIELDS.length) return { problem: countProblem(fields) };
  return parseFields(fields);
}

function parseFields(texts: readonly string[]): ParsedCron {
  const parsed = FIELDS.map((field, i) => parseField(field, texts[i]));
  const problem = parsed.find((field) => field.problem)?.problem;
  if (problem) return { problem };
  const [minutes, hours, daysOfMonth, months, daysOfWeek] = parsed;
  return {
    cron: {
      kind: 'calendar',
      minutes: minutes.values,
      hours: hours.values,
      daysOfMonth: daysOfMonth.values,
      months: months.values,
      daysOfWeek: daysOfWeek.values,
      eitherDay: !daysOfMonth.any && !daysOfWeek.any,
    },
  };
}

function parseDescriptor(text: string): ParsedCron {
  const fields = DESCRIPTORS.get(text);
  if (fields !== undefined) return parseFields(fields.split(' '));
  if (!text.startsWith(EVERY)) return { problem: descriptorProblem(text) };
  const duration = text.slice(EVERY.length);
  const seconds = everySeconds(duration);
  if (seconds !== undefined) return { cron: { kind: 'interval', everySeconds: seconds, eitherDay: false } };
  const message = `${show(duration)} is not a duration`;
  return { problem: { value: text, message, fix: "Write hours, minutes and seconds, such as '@every 1h30m'." } };
}

function descriptorProblem(text: string): CronProblem {
  const known = [...DESCRIPTORS.keys()];
  const message = `${show(text)} is not one of its names`;
  const fix =
    text.trim() === '@reboot'
      ? 'Nothing reboots in a cluster: for a single start make it a run of its own, without a schedule.'
      : `Take one of ${known.join(', ')} or '@every <duration>', in lower case and without spaces around it${didYouMean(text.trim(), known)}.`;
  return { value: text, message, fix };
}

function countProblem(fields: readonly string[]): CronProblem {
  const value = fields.join(' ');
  if (fields.length === 0) return { value, message: 'it is empty', fix: `Write five fields, ${EXAMPLE}.` };
  const found = fields.length === 1 ? '1 field' : `${fields.length} fields`;
  const message = `it has ${found} and must have 5: ${FIELDS.map(({ name }) => name).join(', ')}`;
  const fix =
    fields.length > FIELDS.length
      ? 'Leave out the seconds and the year.'
      : `Write '*' for a field that may be anything, ${EXAMPLE}.`;
  return { value, message, fix };
}

function timeZoneProblem(text: string): CronProblem {
  const message = `${show(text)} sets a time zone inside the schedule`;
  return { value: text, message, fix: 'Leave TZ and CRON_TZ out, and set timeZone.' };
}
