import { show } from '../core/diagnostics';

/** Why a schedule is refused. */
export interface CronProblem {
  /** Name of the field that the problem is in, such as `day of week`; undefined when it is about the whole. */
  readonly field?: string;
  /** The text that is wrong. */
  readonly value: string;
  /** What is wrong with it, as the end of a sentence, without a full stop. */
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
}

/** One of the five fields of a schedule: what it is called and what it may hold. */
export interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of the values from `min` on, in lower case. */
  readonly names: readonly string[];
}

export const MINUTE: CronField = { name: 'minute', min: 0, max: 59, names: [] };
export const HOUR: CronField = { name: 'hour', min: 0, max: 23, names: [] };
export const DAY_OF_MONTH: CronField = { name: 'day of month', min: 1, max: 31, names: [] };
export const MONTH: CronField = {
  name: 'month',
  min: 1,
  max: 12,
  names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
};
export const DAY_OF_WEEK: CronField = {
  name: 'day of week',
  min: 0,
  max: 6,
  names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
};

/** Values of one field, or why there are none. */
export interface ParsedField {
  /** Ascending. Empty for a field of commas only, which the controller reads and which never matches. */
  readonly values: readonly number[];
  /** Whether `*` or `?` without a step is among the parts, which decides how the two day fields combine. */
  readonly any: boolean;
  readonly problem?: CronProblem;
}

interface Part {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly any: boolean;
}

/** Reads one field: parts between commas, each a value, a range or `*`, with or without a step. */
export function parseField(field: CronField, text: string): ParsedField {
  const matches: boolean[] = [];
  let any = false;
  for (const part of text.split(',')) {
    if (part === '') continue;
    const parsed = parsePart(field, part);
    if ('message' in parsed) return { values: [], any, problem: parsed };
    for (let value = parsed.low; value <= parsed.high; value += parsed.step) matches[value] = true;
    any ||= parsed.any;
  }
  return { values: [...matches.keys()].filter((value) => matches[value]), any };
}

function parsePart(field: CronField, text: string): Part | CronProblem {
  const [range, stepText, ...moreSteps] = text.split('/');
  const [lowText, highText, ...moreBounds] = range.split('-');
  const star = lowText === '*' || lowText === '?'; // what follows a hyphen after it is never read
  const low = star ? field.min : numberOrName(field, lowText);
  const high = star ? field.max : highText === undefined ? low : numberOrName(field, highText);
  if (low === undefined) return unreadable(field, text, lowText);
  if (high === undefined) return unreadable(field, text, highText);
  if (!star && moreBounds.length > 0)
    return refused(field, text, 'has more than one hyphen', 'Separate ranges by commas.');
  if (moreSteps.length > 0) return refused(field, text, 'has more than one slash', 'Give one step.');
  const step = stepText === undefined ? 1 : integer(stepText);
  if (!step)
    return refused(field, text, `has ${show(stepText)} as its step`, 'Take a step of 1 or more, or leave it out.');
  const last = stepText !== undefined && highText === undefined ? field.max : high;
  return boundsProblem(field, text, low, last) ?? { low, high: last, step, any: star && step === 1 };
}

function boundsProblem(field: CronField, text: string, low: number, high: number): CronProblem | undefined {
  const { min, max } = field;
  const single = low === high && /^\+?\d+$/.test(text);
  if (low < min) {
    return refused(
      field,
      text,
      single ? `is below ${min}` : `begins at ${low}, below ${min}`,
      `Take ${min} to ${max}.`,
    );
  }
  if (high > max) {
    return refused(
      field,
      text,
      single ? `is above ${max}` : `ends at ${high}, above ${max}`,
      aboveFix(field, low, high),
    );
  }
  if (low <= high) return undefined;
  return refused(field, text, `runs backwards, from ${low} to ${high}`, `Write '${low}-${max},${min}-${high}'.`);
}

function aboveFix(field: CronField, low: number, high: number): string {
  if (field === DAY_OF_WEEK && high === 7)
    return low === 7 ? 'Write 0 for Sunday.' : `Write '${low}-6,0': Sunday is 0.`;
  if (field === HOUR && high === 24) return 'Write 0 for midnight, which begins the next day.';
  return `Take ${field.min} to ${field.max}.`;
}

function unreadable(field: CronField, text: string, word: string): CronProblem {
  if (word === '') return refused(field, text, 'lacks a number', `Take ${field.min} to ${field.max}.`);
  const name = word.slice(0, 3).toLowerCase();
  const where = word === text ? '' : `has ${show(word)} in it, which `;
  return field.names.includes(name)
    ? refused(field, text, `${where}is spelled out`, `Write ${name.toUpperCase()}: names have three letters.`)
    : refused(field, text, `${where}is unknown to the controller`, unknownFix(field, word));
}

function unknownFix(field: CronField, word: string): string {
  if (/^\d*L$|^L/i.test(word)) return 'Take a day that every month has, 1 to 28: there is no way to say the last one.';
  if (/W$/i.test(word)) return 'Name the days of the week, such as MON-FRI.';
  if (word.includes('#')) return 'Name the day of the week, and let the job find out which week it is.';
  if (/^H(\(|$)/i.test(word)) return `Take a fixed number, ${field.min} to ${field.max}.`;
  const [first, last] = [field.names.at(0), field.names.at(-1)];
  const names = first && last ? `, or ${first.toUpperCase()} to ${last.toUpperCase()}` : '';
  return `Take ${field.min} to ${field.max}${names}.`;
}

function refused(field: CronField, text: string, what: string, fix: string): CronProblem {
  return { field: field.name, value: text, message: `${field.name} ${show(text)} ${what}`, fix };
}

function numberOrName(field: CronField, text: string): number | undefined {
  const index = field.names.indexOf(text.toLowerCase());
  return index < 0 ? integer(text) : index + field.min;
}

const LARGEST = '9223372036854775807';

/** A whole number as Go's strconv.Atoi reads it, none below zero. https://pkg.go.dev/strconv#Atoi */
function integer(text: string): number | undefined {
  const found = /^([+-]?)0*([1-9]\d*)?$/.exec(text);
  if (!found || !/\d$/.test(text)) return undefined;
  const [, sign, digits = ''] = found;
  if (sign === '-' && digits !== '') return undefined;
  const tooLarge = digits.length > LARGEST.length || (digits.length === LARGEST.length && digits > LARGEST);
  return tooLarge ? undefined : Number(digits);
}
