import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { cpu, duration, kibibytes, millisOf, secondsOf, size } from '../../src/core/amounts';
import type { Problem } from '../../src/core/diagnostics';
import type { Check } from '../../src/core/shape';

function found(check: Check, value: unknown): string[] {
  const problems: Problem[] = [];
  check(value, 'it', problems);
  return problems.map(({ rule, message, fix }) => `${rule.id}: ${message} ${fix}`);
}

const broken = {
  toSeconds: () => 1,
  toMilliseconds: () => {
    throw new Error('broken');
  },
};

describe('duration', () => {
  const check = duration({ min: 1, max: 3600 });

  test.each([Duration.seconds(1), Duration.hours(1), Duration.millis(2000)])(
    'takes whole seconds within bounds',
    (value) => {
      expect(found(check, value)).toEqual([]);
    },
  );

  test.each([
    [Duration.seconds(0), '0 seconds'],
    [Duration.millis(1500), '1.5 seconds'],
    [Duration.hours(2), '7200 seconds'],
    [Duration.hours(NaN), 'NaN seconds'],
    [Duration.seconds(Infinity), 'Infinity seconds'],
    [broken, 'NaN seconds'],
    [{ toSeconds: 1, toMilliseconds: 2 }, 'NaN seconds'],
  ])('COR004 fails outside of them', (value, shown) => {
    expect(found(check, value)).toEqual([`COR004: it is ${shown}. Give whole seconds from 1 to 3600.`]);
  });

  test.each(['24h', 86400, null, {}, Size.gibibytes(1)])('COR001 fails for %p', (value) => {
    expect(found(check, value)[0]).toMatch(/^COR001: it is .*, not a Duration\. Use Duration\.hours\(24\)/);
  });
});

describe('size', () => {
  const check = size({ minMib: 4, maxMib: 1024 });

  test.each([Size.mebibytes(4), Size.gibibytes(1), Size.kibibytes(4096.5), Size.mebibytes(4.5)])(
    'takes whole bytes within bounds',
    (value) => {
      expect(found(check, value)).toEqual([]);
    },
  );

  test.each([
    [Size.kibibytes(16), '16 KiB'],
    [Size.gibibytes(2), '2097152 KiB'],
    [Size.gibibytes(NaN), 'NaN KiB'],
    [Size.kibibytes(5000.0001), '5000.0001 KiB'],
    [{ toKibibytes: 1, toMebibytes: 1 }, 'NaN KiB'],
  ])('COR004 fails outside of them', (value, shown) => {
    expect(found(check, value)).toEqual([`COR004: it is ${shown}. Give whole bytes from 4 MiB to 1024 MiB.`]);
  });

  test.each(['16Gi', 17179869184, null, Duration.hours(1)])('COR001 fails for %p', (value) => {
    expect(found(check, value)[0]).toMatch(/^COR001: it is .*, not a Size\./);
  });
});

describe('cpu', () => {
  test.each([Cpu.units(8), Cpu.millis(500), Cpu.units(0.5), Cpu.units(4096)])('takes whole millis', (value) => {
    expect(found(cpu, value)).toEqual([]);
  });

  test.each([
    Cpu.units(0),
    Cpu.millis(-1),
    Cpu.units(0.0001),
    Cpu.units(5000),
    Cpu.units(NaN),
    { amount: '4Gi' },
    { amount: 8 },
  ])('COR004 fails for anything else', (value) => {
    expect(found(cpu, value)[0]).toMatch(/^COR004: it is .*\. Give Cpu\.units\(8\)/);
  });

  test.each([8, '8', null, {}])('COR001 fails for %p', (value) => {
    expect(found(cpu, value)[0]).toMatch(/^COR001/);
  });
});

describe('amounts', () => {
  test('are read without rounding', () => {
    expect(kibibytes(Size.mebibytes(1.5))).toBe(1536);
    expect(secondsOf(Duration.millis(1500))).toBe(1.5);
    expect([millisOf('500m'), millisOf('8'), millisOf('0.25')]).toEqual([500, 8000, 250]);
  });
});
