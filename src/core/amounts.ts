import type { Duration, Size, SizeRoundingBehavior } from 'cdk8s';
import type { Problem } from './diagnostics';
import { show } from './diagnostics';
import { OUT_OF_RANGE } from './rules';
import type { Check } from './shape';
import { like } from './shape';

// Checks of cdk8s's amounts with units, which carry no bounds of their own.

const isDuration = like('Duration', ['toSeconds', 'toMilliseconds'], 'Duration.hours(24) or the like');
const isSize = like('Size', ['toKibibytes', 'toMebibytes'], 'Size.gibibytes(64) or the like');
const isCpu = like('Cpu', ['amount'], 'Cpu.units(8) or Cpu.millis(500) of cdk8s-plus-28');

/** A Duration of whole seconds within bounds, both in seconds. */
export function duration(bounds: { readonly min: number; readonly max: number }): Check {
  return (value, property, problems) => {
    if (!passes(isDuration, value, property, problems)) return;
    const seconds = amountOf(value, secondsOf);
    if (Number.isInteger(seconds) && seconds >= bounds.min && seconds <= bounds.max) return;
    outOfRange(property, `${seconds} seconds`, `Give whole seconds from ${bounds.min} to ${bounds.max}.`, problems);
  };
}

/** A Size of whole bytes within bounds, both in MiB. */
export function size(bounds: { readonly minMib: number; readonly maxMib?: number }): Check {
  const { minMib, maxMib = 1024 ** 3 } = bounds;
  return (value, property, problems) => {
    if (!passes(isSize, value, property, problems)) return;
    const kib = amountOf(value, kibibytes);
    if (Number.isSafeInteger(kib * 1024) && kib >= minMib * 1024 && kib <= maxMib * 1024) return;
    outOfRange(property, `${kib} KiB`, `Give whole bytes from ${minMib} MiB to ${maxMib} MiB.`, problems);
  };
}

const CPU_AMOUNT = /^(\d{1,9}(\.\d{1,3})?|\d{1,12}m)$/;

/** A Cpu above zero, in whole millis, of at most 4,096 cores. */
export const cpu: Check = (value, property, problems) => {
  if (!passes(isCpu, value, property, problems)) return;
  const { amount } = value as { amount: unknown };
  const millis = typeof amount === 'string' && CPU_AMOUNT.test(amount) ? millisOf(amount) : NaN;
  if (millis >= 1 && millis <= 4_096_000) return;
  outOfRange(
    property,
    show(amount),
    'Give Cpu.units(8) or Cpu.millis(500), above zero and at most 4096 cores.',
    problems,
  );
};

/** Milli-cores of a Kubernetes CPU amount in digits. */
export function millisOf(amount: string): number {
  return amount.endsWith('m') ? Number(amount.slice(0, -1)) : Math.round(Number(amount) * 1000);
}

/** The member of the enum, without loading all of cdk8s for it where only the floor is used. */
const UNROUNDED: SizeRoundingBehavior.NONE = 2;

/** Kibibytes of a Size, also when it was made with a fraction. */
export function kibibytes(value: Size): number {
  return value.toKibibytes({ rounding: UNROUNDED });
}

/** Seconds of a Duration, also when they are not whole. */
export function secondsOf(value: Duration): number {
  return value.toMilliseconds({ integral: false }) / 1000;
}

/** What an amount says, or NaN when it only looks like one. */
function amountOf<T>(value: unknown, read: (amount: T) => unknown): number {
  try {
    const amount = read(value as T);
    return typeof amount === 'number' ? amount : NaN;
  } catch {
    return NaN; // which is out of every range, and reported as such
  }
}

function passes(check: Check, value: unknown, property: string, problems: Problem[]): boolean {
  const before = problems.length;
  check(value, property, problems);
  return problems.length === before;
}

function outOfRange(property: string, amount: string, fix: string, problems: Problem[]): void {
  problems.push({ rule: OUT_OF_RANGE, property, value: amount, message: `${property} is ${amount}.`, fix });
}
