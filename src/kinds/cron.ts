import { TIME_ZONES } from '../catalog/time-zones';
import type { CalendarSchedule, CronSchedule } from './cron-grammar';
import { occurrences, runsAfter } from './cron-occurrences';
import type { ZoneClock } from './zone-clock';
import { zoneClock } from './zone-clock';

export { parseCron } from './cron-grammar';
export type { CalendarSchedule, CronProblem, CronSchedule, IntervalSchedule, ParsedCron } from './cron-grammar';
export { occurrences } from './cron-occurrences';
export type { OccurrencesOptions } from './cron-occurrences';
export { daylightSavingTraps } from './daylight-saving-traps';
export type { DaylightSavingTrap } from './daylight-saving-traps';

/** The moment from which schedules are judged, so that the same schedule is judged alike on every day. */
export const EPOCH = new Date('2026-01-01T00:00:00Z');

const YEAR_SECONDS = 366 * 86400;
const HOUR_SECONDS = 3600;

/** Whether a CronJob may name the zone: spelled exactly as in the IANA database, `Local` not being one. */
export function isTimeZone(name: string): boolean {
  return TIME_ZONES.has(name);
}

/** Whether no run follows within five years, such as on 31 February. */
export function neverFires(cron: CronSchedule, from: Date = EPOCH): boolean {
  return occurrences(cron, { timeZone: 'UTC', from: justBefore(from), count: 1 })!.length === 0;
}

/**
 * Seconds between two runs that follow each other, at the least, over a year; for a schedule with less than two runs in
 * it, between the next two. Undefined when there are no two, or the time zone is not known.
 */
export function shortestGap(cron: CronSchedule, timeZone: string, from: Date): number | undefined {
  if (cron.kind === 'interval') return cron.everySeconds;
  const clock = zoneClock(timeZone);
  if (!clock) return undefined;
  const start = Math.floor(justBefore(from).getTime() / 1000);
  const end = start + YEAR_SECONDS;
  const least = leastGap(cron, clock, start, end);
  let shortest: number | undefined;
  let previous: number | undefined;
  for (const run of runsAfter(cron, clock, start)) {
    if (previous !== undefined) {
      if (shortest !== undefined && run > end) return shortest;
      shortest = Math.min(shortest ?? Infinity, run - previous);
      if (shortest <= least) return shortest;
    }
    previous = run;
  }
  return shortest;
}

/** A gap that no two runs can be below, from the minutes of the hour alone, so that a dense schedule is judged quickly. */
function leastGap({ minutes }: CalendarSchedule, clock: ZoneClock, start: number, end: number): number {
  const shifts = clock.changes(start, end).map(({ before, after }) => Math.abs(after - before));
  const cycle = shifts.reduce(greatestCommonDivisor, HOUR_SECONDS); // the clocks cannot tell moments this far apart
  const places = [...new Set(minutes.map((minute) => (minute * 60) % cycle))].sort((a, b) => a - b);
  return Math.min(...places.map((place, i) => (places[i + 1] ?? places[0] + cycle) - place));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function justBefore(moment: Date): Date {
  return new Date(moment.getTime() - 1000);
}
