import type { CalendarSchedule, CronSchedule } from './cron-grammar';
import type { ZoneClock } from './zone-clock';
import { zoneClock } from './zone-clock';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;
/** Years after which the controller stops looking for a run. */
const HORIZON_YEARS = 5;

/** Where and from when to look for runs. */
export interface OccurrencesOptions {
  /** IANA name of the zone whose clocks the schedule goes by. */
  readonly timeZone: string;
  /** The moment after which runs are counted, itself not among them. */
  readonly from: Date;
  /** How many runs at most. */
  readonly count: number;
}

/**
 * The next runs of a schedule, when the CronJob controller starts them: fewer than asked for when none follows within
 * five years of the one before, and undefined when the time zone is not known. `@every` counts from `from`, as the
 * controller counts from the last run.
 */
export function occurrences(cron: CronSchedule, options: OccurrencesOptions): Date[] | undefined {
  const clock = zoneClock(options.timeZone);
  if (!clock) return undefined;
  const runs: Date[] = [];
  for (const run of runsAfter(cron, clock, Math.floor(options.from.getTime() / 1000))) {
    if (runs.length >= options.count) break;
    runs.push(new Date(run * 1000));
  }
  return runs;
}

/** Every run after one moment and before another, each found from the one before it, in seconds since 1970. */
export function* runsAfter(
  cron: CronSchedule,
  clock: ZoneClock,
  seconds: number,
  until = Infinity,
): Generator<number, void> {
  let run: number | undefined = seconds;
  while ((run = nextRun(cron, clock, run, until)) !== undefined && run < until) yield run;
}

function nextRun(cron: CronSchedule, clock: ZoneClock, after: number, until: number): number | undefined {
  return cron.kind === 'interval' ? after + cron.everySeconds : new Search(cron, clock, after + 1).next(until);
}

/**
 * The search for a run, step by step as the controller's library (robfig/cron 3.0.1) does it: to a month, a day, an hour
 * and a minute that match, where every carry into the next larger unit begins again.
 *
 * It steps over elapsed time, not over local time, and so it is not the same as the times that match on the wall clock:
 * a skipped local time does not run and a repeated one runs twice; where the clocks skip midnight (Cairo, Beirut,
 * Havana), all runs of that day can be missing, or one can come on it though the schedule names only the day before;
 * where they move by half an hour (Lord Howe), a run later that day can be missing. A calendar library that goes by local
 * time gives other answers there.
 *
 * @see https://github.com/robfig/cron/blob/v3.0.1/spec.go
 */
class Search {
  private readonly lastYear: number;
  /** Whether a smaller unit has been set to its beginning already. */
  private cleared = false;

  constructor(
    private readonly cron: CalendarSchedule,
    private readonly clock: ZoneClock,
    private now: number,
  ) {
    this.lastYear = this.date().getUTCFullYear() + HORIZON_YEARS;
  }

  public next(until: number): number | undefined {
    const { minutes, hours, months } = this.cron;
    if ([minutes, hours, months].some(({ length }) => length === 0)) return undefined; // fields of commas only
    while (this.now < until && this.date().getUTCFullYear() <= this.lastYear) {
      if (this.atMonth() && this.atDay() && this.atHour() && this.atMinute() && this.atSecond()) return this.now;
    }
    return undefined;
  }

  private atMonth(): boolean {
    while (!this.cron.months.includes(this.date().getUTCMonth() + 1)) {
      this.clearTo((date) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
      this.moveWall((date) => date.setUTCMonth(date.getUTCMonth() + 1));
      if (this.date().getUTCMonth() === 0) return false;
    }
    return true;
  }

  private atDay(): boolean {
    while (!matchesDay(this.cron, this.date())) {
      this.clearTo((date) => Math.floor(date.getTime() / (DAY * 1000)) * DAY * 1000);
      this.moveWall((date) => date.setUTCDate(date.getUTCDate() + 1));
      const hour = this.hour();
      if (hour !== 0) this.now += (hour > 12 ? 24 - hour : -hour) * HOUR; // midnight is skipped: to the hour beside it
      if (this.date().getUTCDate() === 1) return false;
    }
    return true;
  }

  private atHour(): boolean {
    while (!this.cron.hours.includes(this.hour())) {
      this.clearTo((date) => Math.floor(date.getTime() / (HOUR * 1000)) * HOUR * 1000);
      this.now += HOUR;
      if (this.hour() === 0) return false;
    }
    return true;
  }

  private atMinute(): boolean {
    for (let minute = this.minute(); !this.cron.minutes.includes(minute); minute = this.minute()) {
      if (!this.cleared) this.now -= this.second();
      this.cleared = true;
      const ahead = MINUTE * ((this.cron.minutes.find((value) => value > minute) ?? 60) - minute);
      const changes = this.clock.offsetAt(this.now) !== this.clock.offsetAt(this.now + ahead);
      this.now += changes ? MINUTE : ahead;
      if (this.minute() === 0) return false;
    }
    return true;
  }

  private atSecond(): boolean {
    const second = this.second();
    if (second === 0) return true;
    this.cleared = true;
    this.now += MINUTE - second;
    return false;
  }

  /** Sets the smaller units to their beginning, once in a search. */
  private clearTo(beginning: (date: Date) => number): void {
    if (this.cleared) return;
    this.cleared = true;
    this.now = this.clock.momentOf(beginning(this.date()) / 1000);
  }

  private moveWall(move: (date: Date) => number): void {
    this.now = this.clock.momentOf(move(this.date()) / 1000);
  }

  /** The local time, in the fields that a Date has for UTC. */
  private date(): Date {
    return new Date(this.wall() * 1000);
  }

  private hour(): number {
    return modulo(Math.floor(this.wall() / HOUR), 24);
  }

  private minute(): number {
    return modulo(Math.floor(this.wall() / MINUTE), 60);
  }

  private second(): number {
    return modulo(this.wall(), MINUTE);
  }

  private wall(): number {
    return this.now + this.clock.offsetAt(this.now);
  }
}

/** Whether a day is one of the schedule's within a month that is; the date in the fields that a Date has for UTC. */
export function matchesDay(cron: CalendarSchedule, date: Date): boolean {
  const ofMonth = cron.daysOfMonth.includes(date.getUTCDate());
  const ofWeek = cron.daysOfWeek.includes(date.getUTCDay());
  return cron.eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
