const UNIT_NANOSECONDS = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['\u00b5s', 1_000n], // micro sign
  ['\u03bcs', 1_000n], // Greek mu
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);
const SECOND = 1_000_000_000n;
const LIMIT = 1n << 63n;

/** Whole part, fraction and unit of one term of a duration. */
const TERM = /(\d*)(?:(\.)(\d*))?([^\d.]+)/y;

/**
 * Seconds between runs of `@every <duration>`: whole ones, at least 1, whatever the sign; undefined when the text is not
 * a duration of Go.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 * @see https://pkg.go.dev/github.com/robfig/cron/v3@v3.0.1#Every
 */
export function everySeconds(duration: string): number | undefined {
  const signed = /^[+-]/.test(duration);
  const negative = duration.startsWith('-');
  const total = nanoseconds(signed ? duration.slice(1) : duration);
  if (total === undefined || (total === LIMIT && !negative)) return undefined;
  return negative || total < SECOND ? 1 : Number(total / SECOND);
}

function nanoseconds(terms: string): bigint | undefined {
  if (terms === '0') return 0n;
  if (terms === '') return undefined;
  let total = 0n;
  TERM.lastIndex = 0;
  while (TERM.lastIndex < terms.length) {
    const found = TERM.exec(terms);
    const term = found ? termNanoseconds(found[1], found[3] ?? '', found[4]) : undefined;
    if (term === undefined || (total += term) > LIMIT) return undefined;
  }
  return total;
}

function termNanoseconds(whole: string, fraction: string, unitName: string): bigint | undefined {
  const unit = UNIT_NANOSECONDS.get(unitName);
  if (unit === undefined || (whole === '' && fraction === '')) return undefined;
  const digits = whole.replace(/^0+/, '');
  if (digits.length > 19) return undefined;
  const nanos = BigInt(digits === '' ? 0 : digits) * unit;
  return nanos > LIMIT ? undefined : nanos + fractionNanoseconds(fraction, unit);
}

/** A fraction of a unit, cut to whole nanoseconds; computed in floating point because Go does. */
function fractionNanoseconds(fraction: string, unit: bigint): bigint {
  let value = 0n;
  let scale = 1;
  for (const digit of fraction) {
    const next = value * 10n + BigInt(digit);
    if (value > (LIMIT - 1n) / 10n || next > LIMIT) break; // digits further on make no difference
    value = next;
    scale *= 10;
  }
  return BigInt(Math.trunc(Number(value) * (Number(unit) / scale)));
}
