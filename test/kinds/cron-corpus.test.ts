import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { occurrences, parseCron } from '../../src/kinds/cron';
import { zoneClock } from '../../src/kinds/zone-clock';

/** What robfig/cron 3.0.1, the library of the CronJob controller, says; printed by the program in `cron-corpus/`. */
interface Corpus {
  readonly from: string;
  /** Per zone the changes of its clocks: first moment, offset before, offset after. */
  readonly zones: { readonly [zone: string]: readonly string[] | null };
  readonly schedules: readonly {
    readonly schedule: string;
    readonly error?: string;
    readonly refusedBy?: string;
    readonly runs?: { readonly [zone: string]: string };
  }[];
  readonly nearChanges: readonly {
    readonly timeZone: string;
    readonly from: string;
    readonly runs: { readonly [schedule: string]: string };
  }[];
}

const corpus: Corpus = JSON.parse(readFileSync(join(__dirname, 'cron-corpus.json'), 'utf8'));
const RUNS = 12;

function runsOf(schedule: string, timeZone: string, from: string): string {
  const { cron, problem } = parseCron(schedule);
  if (!cron) return problem!.message;
  const found = occurrences(cron, { timeZone, from: new Date(from), count: RUNS })!;
  return found.map((run) => run.toISOString().replace(/(:00)?\.000Z$/, 'Z')).join(' ');
}

const accepted = corpus.schedules.filter(({ runs }) => runs);
const refused = corpus.schedules.filter(({ runs }) => !runs);

it('compares several hundred schedules of both kinds', () => {
  expect(accepted.length).toBeGreaterThan(200);
  expect(refused.length).toBeGreaterThan(200);
});

it('reads exactly the schedules that the CronJob controller reads', () => {
  const ours = corpus.schedules.map(({ schedule }) => [schedule, parseCron(schedule).cron !== undefined]);
  expect(ours).toEqual(corpus.schedules.map(({ schedule, runs }) => [schedule, runs !== undefined]));
});

it('names the value and the bound that the controller names', () => {
  const bounds = /^(?:beginning|end) of range \((\d+)\) (?:below minimum|above maximum|beyond end of range) \((\d+)\)/;
  const named = refused.flatMap(({ schedule, error = '' }) => {
    const found = bounds.exec(error);
    return found ? [{ schedule, numbers: [Number(found[1]), Number(found[2])] }] : [];
  });
  expect(named.length).toBeGreaterThan(20);
  for (const { schedule, numbers } of named) {
    const { message } = parseCron(schedule).problem!;
    expect([schedule, message.match(/\d+/g)!.map(Number)]).toEqual([schedule, expect.arrayContaining(numbers)]);
  }
});

it('gives a message and a way out for every schedule that is refused', () => {
  for (const { schedule } of refused) {
    const problem = parseCron(schedule).problem!;
    expect(problem.message).toMatch(/[^.]$/);
    expect(problem.fix).toMatch(/^[A-Z].*\.$/);
  }
});

it.each(['UTC', 'Europe/Zurich', 'America/New_York'])('runs when the controller does in %s', (zone) => {
  const ours = accepted.map(({ schedule }) => [schedule, runsOf(schedule, zone, corpus.from)]);
  expect(ours).toEqual(accepted.map(({ schedule, runs }) => [schedule, runs![zone]]));
});

it.each(Object.keys(corpus.zones))('knows the clocks of %s as Go does', (zone) => {
  const seconds = (moment: string): number => Date.parse(moment) / 1000;
  const from = seconds(corpus.from);
  const to = seconds('2031-01-01T00:00Z');
  const changes = zoneClock(zone)!.changes(from, to);
  const ours = changes.map(({ at, before, after }) => `${stamp(at)} ${before} ${after}`);
  expect(ours).toEqual(corpus.zones[zone] ?? []);
});

it.each(corpus.nearChanges)(
  'runs when the controller does in $timeZone from $from, days before the clocks change',
  (near) => {
    const schedules = Object.keys(near.runs);
    expect(schedules.map((schedule) => [schedule, runsOf(schedule, near.timeZone, near.from)])).toEqual(
      schedules.map((schedule) => [schedule, near.runs[schedule]]),
    );
  },
);

function stamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/:00\.000Z$/, 'Z');
}
