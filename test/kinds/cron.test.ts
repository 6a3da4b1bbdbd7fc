import { Cron } from 'croner';
import fc from 'fast-check';
import { TIME_ZONES } from '../../src/catalog/time-zones';
import type { CalendarSchedule, CronSchedule } from '../../src/kinds/cron';
import {
  daylightSavingTraps,
  EPOCH,
  isTimeZone,
  neverFires,
  occurrences,
  parseCron,
  shortestGap,
} from '../../src/kinds/cron';
import { zoneClock } from '../../src/kinds/zone-clock';

function read(schedule: string): CronSchedule {
  const { cron, problem } = parseCron(schedule);
  expect(problem).toBeUndefined();
  return cron!;
}

function calendar(schedule: string): CalendarSchedule {
  const cron = read(schedule);
  if (cron.kind !== 'calendar') throw new Error(`${schedule} is not by the clock`);
  return cron;
}

function runs(schedule: string, timeZone: string, from: string, count: number): string[] {
  return occurrences(read(schedule), { timeZone, from: new Date(from), count })!.map((run) => run.toISOString());
}

describe('parseCron', () => {
  it('lists the values of every field', () => {
    expect(read('*/20 9-11 1,15 JAN-MAR MON')).toEqual({
      kind: 'calendar',
      minutes: [0, 20, 40],
      hours: [9, 10, 11],
      daysOfMonth: [1, 15],
      months: [1, 2, 3],
      daysOfWeek: [1],
      eitherDay: true,
    });
  });

  it('counts from a single value with a step to the end of the field', () => {
    expect(calendar('50/4 20/2 * * *')).toMatchObject({ minutes: [50, 54, 58], hours: [20, 22] });
  });

  it.each([
    ['0 2 1 * *', false],
    ['0 2 * * 1', false],
    ['0 2 ? * 1', false],
    ['0 2 */1 * 1', false],
    ['0 2 */2 * 1', true],
    ['0 2 1-31 * 1', true],
    ['0 2 1 * 1', true],
  ])('knows for %j whether either day matches', (schedule, eitherDay) => {
    expect(read(schedule).eitherDay).toBe(eitherDay);
  });

  it.each([
    ['@yearly', '0 0 1 1 *'],
    ['@annually', '0 0 1 1 *'],
    ['@monthly', '0 0 1 * *'],
    ['@weekly', '0 0 * * 0'],
    ['@daily', '0 0 * * *'],
    ['@midnight', '0 0 * * *'],
    ['@hourly', '0 * * * *'],
  ])('takes %s for %s', (name, fields) => {
    expect(read(name)).toEqual(read(fields));
  });

  it.each([
    ['@every 1h30m', 5400],
    ['@every 90s', 90],
    ['@every 1500ms', 1],
    ['@every 0', 1],
    ['@every -1h', 1],
    ['@every .5h', 1800],
  ])('takes %s for whole seconds', (schedule, everySeconds) => {
    expect(read(schedule)).toEqual({ kind: 'interval', everySeconds, eitherDay: false });
  });

  it.each([
    ['', undefined, 'it is empty', "Write five fields, such as '0 2 * * *' for two o'clock every night."],
    [
      '0 0 2 * * *',
      undefined,
      'it has 6 fields and must have 5: minute, hour, day of month, month, day of week',
      'Leave out the seconds and the year.',
    ],
    [
      '0 2 * *',
      undefined,
      'it has 4 fields and must have 5: minute, hour, day of month, month, day of week',
      "Write '*' for a field that may be anything, such as '0 2 * * *' for two o'clock every night.",
    ],
    ['60 * * * *', 'minute', "minute '60' is above 59", 'Take 0 to 59.'],
    ['0 24 * * *', 'hour', "hour '24' is above 23", 'Write 0 for midnight, which begins the next day.'],
    ['0 0 0 * *', 'day of month', "day of month '0' is below 1", 'Take 1 to 31.'],
    ['0 0 0-5 * *', 'day of month', "day of month '0-5' begins at 0, below 1", 'Take 1 to 31.'],
    ['* * * 13 *', 'month', "month '13' is above 12", 'Take 1 to 12.'],
    ['0 0 * * 7', 'day of week', "day of week '7' is above 6", 'Write 0 for Sunday.'],
    ['0 0 * * 5-7', 'day of week', "day of week '5-7' ends at 7, above 6", "Write '5-6,0': Sunday is 0."],
    ['0 0 * * sunday', 'day of week', "day of week 'sunday' is spelled out", 'Write SUN: names have three letters.'],
    ['0 0 * * FRI-MON', 'day of week', "day of week 'FRI-MON' runs backwards, from 5 to 1", "Write '5-6,0-1'."],
    [
      '0 0 * MAY-AGO *',
      'month',
      "month 'MAY-AGO' has 'AGO' in it, which is unknown to the controller",
      'Take 1 to 12, or JAN to DEC.',
    ],
    ['*/0 * * * *', 'minute', "minute '*/0' has '0' as its step", 'Take a step of 1 or more, or leave it out.'],
    ['*/-5 * * * *', 'minute', "minute '*/-5' has '-5' as its step", 'Take a step of 1 or more, or leave it out.'],
    ['-5 * * * *', 'minute', "minute '-5' lacks a number", 'Take 0 to 59.'],
    ['1-2-3 * * * *', 'minute', "minute '1-2-3' has more than one hyphen", 'Separate ranges by commas.'],
    ['1/2/3 * * * *', 'minute', "minute '1/2/3' has more than one slash", 'Give one step.'],
    [
      '0 0 L * *',
      'day of month',
      "day of month 'L' is unknown to the controller",
      'Take a day that every month has, 1 to 28: there is no way to say the last one.',
    ],
    [
      '0 0 15W * *',
      'day of month',
      "day of month '15W' is unknown to the controller",
      'Name the days of the week, such as MON-FRI.',
    ],
    [
      '0 0 * * 5#3',
      'day of week',
      "day of week '5#3' is unknown to the controller",
      'Name the day of the week, and let the job find out which week it is.',
    ],
    ['H 2 * * *', 'minute', "minute 'H' is unknown to the controller", 'Take a fixed number, 0 to 59.'],
    [
      '@reboot',
      undefined,
      "'@reboot' is not one of its names",
      'Nothing reboots in a cluster: for a single start make it a run of its own, without a schedule.',
    ],
    ['@every 1d', undefined, "'1d' is not a duration", "Write hours, minutes and seconds, such as '@every 1h30m'."],
    [
      'TZ=UTC 0 2 * * *',
      undefined,
      "'TZ=UTC 0 2 * * *' sets a time zone inside the schedule",
      'Leave TZ and CRON_TZ out, and set timeZone.',
    ],
    ['TZ=', undefined, "'TZ=' sets a time zone inside the schedule", 'Leave TZ and CRON_TZ out, and set timeZone.'],
  ])('says what is wrong with %j and what to write', (schedule, field, message, fix) => {
    const { cron, problem } = parseCron(schedule);
    expect(cron).toBeUndefined();
    expect([problem!.field, problem!.message, problem!.fix]).toEqual([field, message, fix]);
  });

  it('guesses the name that was meant', () => {
    expect(parseCron('@Weekly').problem!.fix).toContain("(did you mean '@weekly'?)");
  });

  it('reads any text or reports it, and never throws', () => {
    const pieces = fc.constantFrom(
      '*',
      '?',
      '/',
      '-',
      ',',
      ' ',
      '@',
      '@every ',
      'TZ=',
      '0',
      '7',
      '59',
      'MON',
      'L',
      'h',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (schedule) => {
        const { cron, problem } = parseCron(schedule);
        expect((cron === undefined) !== (problem === undefined)).toBe(true);
        if (cron) expect(typeof neverFires(cron)).toBe('boolean');
      }),
      { numRuns: 1000 },
    );
  });

  it('stays short in its messages and linear in time on 100 kB', () => {
    const long = 100_000;
    const hostile = ['1,', '*/', '1-', '0', '-', '/', ' ', '1 ', '*', '@', '@every 1', '\u3000', 'MON-', '0x'];
    for (const piece of hostile) {
      for (const text of [piece.repeat(long / piece.length), `${piece.repeat(long / piece.length)}! * * * *`]) {
        const started = process.cpuUsage();
        const { problem } = parseCron(text);
        expect(process.cpuUsage(started).user).toBeLessThan(1_000_000); // microseconds
        expect(problem?.message.length ?? 0).toBeLessThan(300);
        expect(problem?.fix.length ?? 0).toBeLessThan(300);
      }
    }
    expect(parseCron(`@every ${'1h'.repeat(long)}`).problem).toBeUndefined();
    expect(parseCron(`@every 0.${'9'.repeat(long)}h`).cron).toEqual({
      kind: 'interval',
      everySeconds: 3600,
      eitherDay: false,
    });
    expect(parseCron(`${'0'.repeat(long)}5 * * * *`).cron).toMatchObject({ minutes: [5] });
  });
});

describe('occurrences', () => {
  it('counts runs after the moment given, itself not among them', () => {
    expect(runs('0 2 * * *', 'UTC', '2026-05-04T02:00:00Z', 2)).toEqual([
      '2026-05-05T02:00:00.000Z',
      '2026-05-06T02:00:00.000Z',
    ]);
  });

  it('goes by the clocks of the zone', () => {
    expect(runs('0 2 * * 0', 'Europe/Zurich', '2026-07-01T00:00:00Z', 1)).toEqual(['2026-07-05T00:00:00.000Z']);
    expect(runs('0 2 * * 0', 'Asia/Kolkata', '2026-07-01T00:00:00Z', 1)).toEqual(['2026-07-04T20:30:00.000Z']);
  });

  it('leaves out the day on which the local time is skipped', () => {
    expect(runs('30 2 * * *', 'Europe/Zurich', '2026-03-28T00:00:00Z', 2)).toEqual([
      '2026-03-28T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  it('runs twice when the local time is repeated', () => {
    expect(runs('30 2 * * *', 'Europe/Zurich', '2026-10-24T12:00:00Z', 3)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it('runs on a day that is not named when the clocks skip the midnight before, as the controller does', () => {
    // Thursdays at three in Cairo; on Friday, 24 April 2026, the clocks go from midnight to one.
    expect(runs('0 3 * * 4', 'Africa/Cairo', '2026-04-22T00:00:00Z', 3)).toEqual([
      '2026-04-23T01:00:00.000Z',
      '2026-04-24T00:00:00.000Z',
      '2026-04-30T00:00:00.000Z',
    ]);
  });

  it('counts @every from the moment given', () => {
    expect(runs('@every 90m', 'Europe/Zurich', '2026-03-28T23:45:10.700Z', 2)).toEqual([
      '2026-03-29T01:15:10.000Z',
      '2026-03-29T02:45:10.000Z',
    ]);
  });

  it('ends when no run follows within five years', () => {
    expect(runs('0 0 30 2 *', 'UTC', '2026-01-01T00:00:00Z', 5)).toEqual([]);
    expect(runs('0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z', 2)).toHaveLength(2);
  });

  it('knows nothing of a zone that does not exist', () => {
    const from = new Date('2026-01-01T00:00:00Z');
    expect(occurrences(read('0 2 * * *'), { timeZone: 'Europe/Pariss', from, count: 1 })).toBeUndefined();
  });

  it('agrees with another calendar where no clocks change', () => {
    const field = (min: number, max: number) =>
      fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 4 }).map((values) => values.join(','));
    const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    const schedules = fc.tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), fc.option(field(0, 6)));
    fc.assert(
      fc.property(schedules, moments, (fields, from) => {
        const [minute, hour, day, month, weekDay] = fields;
        const schedule = `${minute} ${hour} ${day} ${month} ${weekDay ?? '*'}`;
        const other = new Cron(schedule, { timezone: 'UTC', paused: true }).nextRuns(5, from);
        expect(occurrences(read(schedule), { timeZone: 'UTC', from, count: 5 })).toEqual(other);
      }),
    );
  });
});

describe('neverFires', () => {
  it.each(['0 0 31 2 *', '0 0 30 2 ?', '0 0 31 4,6,9,11 *', ', * * * *', '* , * * *', '* * , * *', '* * * * ,'])(
    'says so of %j',
    (schedule) => expect(neverFires(read(schedule))).toBe(true),
  );

  it.each(['0 0 29 2 *', '0 0 31 2 1', '@yearly', '@every 1h', '* * * * *'])('lets %j pass', (schedule) => {
    expect(neverFires(read(schedule))).toBe(false);
  });

  it('goes by the five years after the moment given', () => {
    expect(neverFires(read('0 0 29 2 *'), new Date('2095-03-01T00:00:00Z'))).toBe(false);
    expect(neverFires(read('0 0 29 2 *'), new Date('2096-03-01T00:00:00Z'))).toBe(true); // 2100 has no leap day
  });
});

describe('shortestGap', () => {
  it.each([
    ['* * * * *', 'UTC', 60],
    ['*/7 * * * *', 'UTC', 240],
    ['*/15 * * * *', 'Europe/Zurich', 900],
    ['0 * * * *', 'Europe/Zurich', 3600],
    ['0 2 * * *', 'UTC', 86400],
    ['0 5 * * 0', 'UTC', 604800],
    ['0 5 * * 0', 'Europe/Zurich', 604800 - 3600],
    ['0,50 1,3 * * *', 'UTC', 3000],
    ['0,50 1,3 * * *', 'Europe/Zurich', 600],
    ['30 2 * * *', 'Europe/Zurich', 3600],
    ['@every 45m', 'UTC', 2700],
    ['0 0 1,2 1 *', 'UTC', 86400],
    ['@yearly', 'Europe/Zurich', 365 * 86400],
    ['0 0 29 2 *', 'UTC', (4 * 365 + 1) * 86400],
  ])('of %j in %s', (schedule, timeZone, seconds) => {
    expect(shortestGap(read(schedule), timeZone, EPOCH)).toBe(seconds);
  });

  it('is not known of a schedule that never fires or a zone that does not exist', () => {
    expect(shortestGap(read('0 0 31 2 *'), 'UTC', EPOCH)).toBeUndefined();
    expect(shortestGap(read('0 2 * * *'), 'Mars/Olympus', EPOCH)).toBeUndefined();
  });
});

describe('daylightSavingTraps', () => {
  it('names what is skipped in spring and doubled in autumn, for five years', () => {
    const traps = daylightSavingTraps(read('30 2 * * *'), 'Europe/Zurich', EPOCH);
    expect(traps).toHaveLength(10);
    expect(traps.slice(0, 2)).toEqual([
      { kind: 'skipped', date: '2026-03-29', time: '02:30' },
      { kind: 'doubled', date: '2026-10-25', time: '02:30' },
    ]);
  });

  it('names a run that comes on a day the schedule does not name', () => {
    expect(daylightSavingTraps(read('0 3 * * 4'), 'Africa/Cairo', EPOCH)[0]).toEqual({
      kind: 'misplaced',
      date: '2026-04-24',
      time: '03:00',
    });
  });

  it('names runs that are missing after a change of half an hour', () => {
    expect(daylightSavingTraps(read('15 4 * * *'), 'Australia/Lord_Howe', EPOCH)[0]).toEqual({
      kind: 'skipped',
      date: '2026-04-05',
      time: '04:15',
    });
  });

  it.each([
    ['30 2 * * *', 'UTC'],
    ['30 2 * * *', 'Asia/Tokyo'],
    ['0 12 * * *', 'Europe/Zurich'],
    ['30 2 * * 1', 'Europe/Zurich'],
    ['*/15 * * * *', 'Europe/Zurich'],
    ['@every 1h', 'Europe/Zurich'],
    ['0 0 31 2 *', 'Europe/Zurich'],
    ['30 2 * * *', 'Mars/Olympus'],
  ])('finds none for %j in %s', (schedule, timeZone) => {
    expect(daylightSavingTraps(read(schedule), timeZone, EPOCH)).toEqual([]);
  });
});

describe('isTimeZone', () => {
  it.each(['UTC', 'Etc/UTC', 'Europe/Zurich', 'America/Argentina/Buenos_Aires', 'US/Pacific', 'Etc/GMT+5', 'EST5EDT'])(
    'knows %s',
    (name) => expect(isTimeZone(name)).toBe(true),
  );

  it.each([
    '',
    'Local',
    'local',
    'Europe/Pariss',
    'europe/zurich',
    'GMT+2',
    'UTC+1',
    'posix/UTC',
    'Factory',
    'leapseconds',
  ])('refuses %j', (name) => expect(isTimeZone(name)).toBe(false));

  it('knows only names that the API server and Node know', () => {
    expect(TIME_ZONES.size).toBe(597);
    for (const name of TIME_ZONES) {
      expect(name).toMatch(/^[A-Z][A-Za-z0-9+_-]{1,13}(\/[A-Z][A-Za-z0-9+_-]{1,13}){0,2}$/);
    }
    const unknown = [...TIME_ZONES].filter((name) => zoneClock(name) === undefined);
    expect(unknown.filter((name) => name !== 'America/Coyhaique')).toEqual([]); // since 2025b: older data lack it
  });
});
