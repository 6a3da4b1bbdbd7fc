import type { Problem, Rule } from '../../core/diagnostics';
import { show } from '../../core/diagnostics';
import { didYouMean } from '../../core/nearest';
import { daylightSavingTraps, EPOCH, isTimeZone, neverFires, parseCron, shortestGap } from '../../kinds/cron';
import type { CronSchedule } from '../../kinds/cron';
import { TIME_ZONES } from '../../catalog/time-zones';
import {
  BAD_SCHEDULE,
  BAD_TIME_ZONE,
  DAYLIGHT_SAVING,
  DEADLINE_BEYOND_PERIOD,
  EITHER_DAY,
  NEVER_FIRES,
  SHORT_STARTING_DEADLINE,
} from '../diagnostics';

/** When runs start, and the bounds that must fit it. */
export interface ScheduleFacts {
  readonly expression: string;
  readonly timeZone: string;
  readonly startingDeadlineSeconds: number;
  readonly activeDeadlineSeconds: number;
}

/**
 * Seconds between two runs at the least; undefined for a schedule that cannot be read or never fires.
 *
 * Counted where clocks never change: what a change does to a run is a diagnostic of its own.
 */
export function schedulePeriod(expression: string): number | undefined {
  const { cron } = parseCron(expression);
  return cron && !neverFires(cron) ? shortestGap(cron, 'Etc/UTC', EPOCH) : undefined;
}

/** What is wrong with a schedule, as the CronJob controller reads it. */
export function scheduleProblems(facts: ScheduleFacts): Problem[] {
  const { expression, timeZone } = facts;
  const { cron, problem } = parseCron(expression);
  const zoneProblems = timeZoneProblems(timeZone);
  if (!cron) {
    const message = `the schedule ${show(expression)} is not read by the CronJob controller: ${problem!.message}.`;
    return [
      { rule: BAD_SCHEDULE, property: 'schedule', value: show(expression), message, fix: problem!.fix },
      ...zoneProblems,
    ];
  }
  if (neverFires(cron)) {
    const message = `the schedule ${show(expression)} names no day that exists.`;
    return [
      {
        rule: NEVER_FIRES,
        property: 'schedule',
        value: show(expression),
        message,
        fix: 'Name a day that the month has.',
      },
      ...zoneProblems,
    ];
  }
  if (zoneProblems.length > 0) return zoneProblems;
  return [
    ...eitherDayProblems(expression, cron),
    ...boundProblems(facts),
    ...daylightSavingProblems(expression, cron, timeZone),
  ];
}

function timeZoneProblems(timeZone: string): Problem[] {
  if (isTimeZone(timeZone)) return [];
  const message = `timeZone is ${show(timeZone)}, which is no IANA time zone${didYouMean(timeZone, TIME_ZONES)}.`;
  return [
    {
      rule: BAD_TIME_ZONE,
      property: 'timeZone',
      value: show(timeZone),
      message,
      fix: "Write it as 'Europe/Zurich' or 'Etc/UTC'.",
    },
  ];
}

function eitherDayProblems(expression: string, cron: CronSchedule): Problem[] {
  if (!cron.eitherDay) return [];
  const message = `the schedule ${show(expression)} names a day of the month and a day of the week, and fires on either.`;
  return [{ rule: EITHER_DAY, property: 'schedule', value: show(expression), message, fix: 'Name one of them only.' }];
}

const LOOK_SECONDS = 10;

function boundProblems({ expression, startingDeadlineSeconds, activeDeadlineSeconds }: ScheduleFacts): Problem[] {
  const problems: Problem[] = [];
  const found = (rule: Rule, property: string, message: string, fix: string): void => {
    problems.push({ rule, property, message, fix });
  };
  const period = schedulePeriod(expression);
  if (period !== undefined && activeDeadlineSeconds > period) {
    found(
      DEADLINE_BEYOND_PERIOD,
      'job.activeDeadline',
      `activeDeadline is ${activeDeadlineSeconds} s, and the next run is due after ${period} s.`,
      `Give at most ${period} s, or run less often.`,
    );
  }
  if (startingDeadlineSeconds < LOOK_SECONDS) {
    found(
      SHORT_STARTING_DEADLINE,
      'startingDeadline',
      `startingDeadline is ${startingDeadlineSeconds} s.`,
      `Give more than ${LOOK_SECONDS} s.`,
    );
  }
  return problems;
}

const WHAT_HAPPENS = { skipped: 'is left out', doubled: 'runs twice', misplaced: 'runs although it is not due' };

function daylightSavingProblems(expression: string, cron: CronSchedule, timeZone: string): Problem[] {
  const traps = daylightSavingTraps(cron, timeZone, EPOCH);
  if (traps.length === 0) return [];
  const [first] = traps;
  const message = `the schedule ${show(expression)} in ${timeZone} ${WHAT_HAPPENS[first.kind]} on ${first.date} at ${first.time}, when the clocks change.`;
  return [
    {
      rule: DAYLIGHT_SAVING,
      property: 'schedule',
      value: show(expression),
      message,
      fix: "Take an hour at which the clocks never change, or timeZone 'Etc/UTC'.",
    },
  ];
}
