import type { CalendarSchedule, CronSchedule } from './cron-grammar';
import { matchesDay, runsAfter } from './cron-occurrences';
import type { ClockChange, ZoneClock } from './zone-clock';
import { zoneClock } from './zone-clock';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;
const YEARS = 5;

/** A run that goes wrong because the clocks change. */
export interface DaylightSavingTrap {
  /**
   * `skipped`: a local time that the schedule names has no run. `doubled`: it has two. `misplaced`: a run at a local time
   * that the schedule does not name.
   */
  readonly kind: 'skipped' | 'doubled' | 'misplaced';
  /** Local date, such as `2026-03-29`. */
  readonly date: string;
  /** Local time, such as `02:30`. */
  readonly time: string;
}

/**
 * The runs that are skipped, doubled or misplaced because the clocks of the zone change, in the five years after `from`,
 * in the order of time; none when the zone is not known. A schedule for every hour loses nothing when an hour is skipped
 * or repeated.
 */
export function daylightSavingTraps(cron: CronSchedule, timeZone: string, from: Date): DaylightSavingTrap[] {
  const clock = zoneClock(timeZone);
  if (!clock || cron.kind === 'interval' || isEveryHour(cron)) return [];
  const start = Math.floor(from.getTime() / 1000);
  const end = Math.floor(new Date(from).setUTCFullYear(from.getUTCFullYear() + YEARS) / 1000);
  return clock.changes(start, end).flatMap((change) => trapsAround(cron, clock, change));
}

function isEveryHour({ hours, months, daysOfMonth, daysOfWeek, eitherDay }: CalendarSchedule): boolean {
  const [everyDate, everyWeekDay] = [daysOfMonth.length === 31, daysOfWeek.length === 7];
  const everyDay = eitherDay ? everyDate || everyWeekDay : everyDate && everyWeekDay;
  return hours.length === 24 && months.length === 12 && everyDay;
}

/** Compares the local times that match with the runs that happen, from two days before a change to two days after. */
function trapsAround(cron: CalendarSchedule, clock: ZoneClock, change: ClockChange): DaylightSavingTrap[] {
  const day = Math.floor((change.at + Math.max(change.before, change.after)) / DAY) * DAY;
  const first = day - 2 * DAY;
  const last = day + 3 * DAY;
  const runs = new Map<number, number>();
  for (const run of runsAfter(cron, clock, clock.momentOf(first - DAY), clock.momentOf(last))) {
    const wall = run + clock.offsetAt(run);
    if (wall >= first) runs.set(wall, (runs.get(wall) ?? 0) + 1);
  }
  const named = new Set(namedTimes(cron, first, last));
  const hourly = cron.hours.length === 24;
  const traps: [number, DaylightSavingTrap['kind']][] = [];
  for (const wall of named) {
    const count = runs.get(wall) ?? 0;
    if (count === 1 || (hourly && inChange(wall, change))) continue;
    traps.push([wall, count === 0 ? 'skipped' : 'doubled']);
  }
  for (const wall of runs.keys()) if (!named.has(wall)) traps.push([wall, 'misplaced']);
  return traps.sort(([a], [b]) => a - b).map(([wall, kind]) => trap(wall, kind));
}

/** Local times at which the schedule says to run, in seconds since 1970 as if they were UTC. */
function* namedTimes(cron: CalendarSchedule, first: number, last: number): Generator<number, void> {
  for (let day = first; day < last; day += DAY) {
    const date = new Date(day * 1000);
    if (!cron.months.includes(date.getUTCMonth() + 1) || !matchesDay(cron, date)) continue;
    for (const hour of cron.hours) for (const minute of cron.minutes) yield day + hour * HOUR + minute * MINUTE;
  }
}

/** Whether a local time is one that the change itself skips or repeats. */
function inChange(wall: number, { at, before, after }: ClockChange): boolean {
  return wall >= at + Math.min(before, after) && wall < at + Math.max(before, after);
}

function trap(wall: number, kind: DaylightSavingTrap['kind']): DaylightSavingTrap {
  const iso = new Date(wall * 1000).toISOString();
  return { kind, date: iso.slice(0, 10), time: iso.slice(11, 16) };
}
