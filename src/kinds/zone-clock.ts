import { TIME_ZONES } from '../catalog/time-zones';

const DAY = 86400;
/** Length of the stretches that are looked up together; no zone changes its offset twice within one. */
const STRETCH = 7 * DAY;

/** A moment at which the clocks of a zone change. */
export interface ClockChange {
  /** The first second with the new offset, in seconds since 1970. */
  readonly at: number;
  /** Seconds ahead of UTC until then. */
  readonly before: number;
  /** Seconds ahead of UTC from then on. */
  readonly after: number;
}

/** The offset of one time zone from UTC through time, as the time zone data of this Node says. */
export class ZoneClock {
  private readonly stretches = new Map<number, ClockChange>();
  private readonly format: Intl.DateTimeFormat;
  private latest: ClockChange = { at: 0, before: 0, after: 0 };
  private latestIndex = NaN;

  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  }

  /** Seconds that the zone is ahead of UTC at a moment. */
  public offsetAt(seconds: number): number {
    const index = Math.floor(seconds / STRETCH);
    if (index !== this.latestIndex) {
      this.latest = this.stretch(index);
      this.latestIndex = index;
    }
    return seconds < this.latest.at ? this.latest.before : this.latest.after;
  }

  /**
   * The moment at which the clocks show a local time, given as seconds since 1970 as if it were UTC.
   *
   * Of a repeated time one of the two; for a skipped time one beside the gap: the same as `time.Date` of Go takes, on
   * which the CronJob controller builds.
   *
   * @see https://pkg.go.dev/time#Date
   */
  public momentOf(wall: number): number {
    return wall - this.offsetAt(wall - this.offsetAt(wall));
  }

  /** Every change of the clocks from one moment to another. */
  public changes(from: number, to: number): ClockChange[] {
    const found: ClockChange[] = [];
    for (let index = Math.floor(from / STRETCH); index * STRETCH < to; index++) {
      const change = this.stretch(index);
      if (change.before !== change.after && change.at >= from && change.at < to) found.push(change);
    }
    return found;
  }

  /** The change within a stretch; when there is none, both of its offsets are the same. */
  private stretch(index: number): ClockChange {
    const known = this.stretches.get(index);
    if (known) return known;
    let low = index * STRETCH;
    const before = this.readOffset(low);
    const after = this.readOffset(low + STRETCH);
    let high = low + STRETCH;
    while (before !== after && high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.readOffset(middle) === before) low = middle;
      else high = middle;
    }
    const change = { at: high, before, after };
    this.stretches.set(index, change);
    return change;
  }

  private readOffset(seconds: number): number {
    const parts = this.format.formatToParts(seconds * 1000);
    const name = parts.find(({ type }) => type === 'timeZoneName')!.value;
    const found = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name);
    if (!found) return 0; // `GMT`
    const [, sign, hours, minutes, rest = '0'] = found;
    const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
    return sign === '-' ? -offset : offset;
  }
}

const clocks = new Map<string, ZoneClock>();

/** The clock of a zone by its IANA name, spelled exactly; undefined when neither the catalogue nor Node knows it. */
export function zoneClock(timeZone: string): ZoneClock | undefined {
  if (!TIME_ZONES.has(timeZone)) return undefined;
  let clock = clocks.get(timeZone);
  if (!clock) {
    try {
      clock = new ZoneClock(timeZone);
    } catch (error) {
      if (error instanceof RangeError) return undefined; // a zone younger than the data of this Node
      throw error;
    }
    clocks.set(timeZone, clock);
  }
  return clock;
}
