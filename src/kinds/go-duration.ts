const UNITS: readonly (readonly [unit: string, seconds: number])[] = [
  ['h', 3600],
  ['m', 60],
  ['s', 1],
];

/** Whole seconds as a duration of Go, in the greatest unit that keeps them whole: `720h`, `90m`, `45s`. */
export function goDuration(seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => seconds > 0 && seconds % size === 0) ?? ['s', 1];
  return `${seconds / size}${unit}`;
}

/** Seconds of a duration in one unit, hours, minutes or seconds; undefined for any other text. */
export function parseGoDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,9})([hms])$/.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * UNITS.find(([name]) => name === unit)![1];
}
