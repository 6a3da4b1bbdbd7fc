import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { parseQuantity } from '../../src/kinds/parse-quantity';
import { cpuMillis, cpuQuantity, deviceQuantity, kibibyteQuantity, memoryQuantity } from '../../src/kinds/quantity';

describe('memoryQuantity', () => {
  test.each([
    [Size.gibibytes(64), '64Gi'],
    [Size.mebibytes(1536), '1536Mi'],
    [Size.mebibytes(2048), '2Gi'],
    [Size.kibibytes(3), '3Ki'],
    [Size.kibibytes(1.5), '1536'],
    [Size.tebibytes(1), '1Ti'],
    [Size.tebibytes(2 * 1024 * 1024), '2Ei'],
  ])('writes the greatest binary unit that keeps the amount whole', (size, text) => {
    expect(memoryQuantity(size)).toBe(text);
  });

  test('writes zero without looping', () => {
    expect(kibibyteQuantity(0)).toBe('0Ki');
  });
});

describe('kibibyteQuantity', () => {
  test('writes bytes where there is a part of a KiB: Kubernetes knows no part of a byte', () => {
    expect([kibibyteQuantity(2048), kibibyteQuantity(4097), kibibyteQuantity(638911068.6904297)]).toEqual([
      '2Mi',
      '4097Ki',
      '654244934339',
    ]);
  });
});

describe('cpuQuantity', () => {
  test('writes cores, and millis where they are not whole', () => {
    expect([8000, 500, 1500, 1].map(cpuQuantity)).toEqual(['8', '500m', '1500m', '1m']);
  });

  test('reads what cdk8s-plus holds', () => {
    expect([Cpu.units(8), Cpu.millis(500), Cpu.units(0.5)].map(cpuMillis)).toEqual([8000, 500, 500]);
  });
});

describe('deviceQuantity', () => {
  test('is text', () => {
    expect(deviceQuantity(8)).toBe('8');
  });
});

describe('parseQuantity', () => {
  test.each([
    ['1', 10n ** 9n],
    ['1000m', 10n ** 9n],
    ['1k', 10n ** 12n],
    ['1e3', 10n ** 12n],
    ['1E3', 10n ** 12n],
    ['12e6', 12n * 10n ** 15n],
    ['1E', 10n ** 27n],
    ['1Ki', 1024n * 10n ** 9n],
    ['1.5Gi', 1536n * 1024n * 1024n * 10n ** 9n],
    ['.5', 5n * 10n ** 8n],
    ['5.', 5n * 10n ** 9n],
    ['+5', 5n * 10n ** 9n],
    ['-1', -(10n ** 9n)],
    ['1e-3', 10n ** 6n],
    ['100u', 10n ** 5n],
    ['3n', 3n],
    ['0', 0n],
  ])('reads %s', (text, nano) => {
    expect(parseQuantity(text)).toBe(nano);
  });

  test.each([
    ['1Gi', '1024Mi'],
    ['1000m', '1'],
    ['1e3', '1k'],
    ['0.5Ti', '512Gi'],
  ])('takes %s and %s for the same amount', (a, b) => {
    expect(parseQuantity(a)).toBe(parseQuantity(b));
  });

  test('rounds what is finer than nano away from zero, as Kubernetes does', () => {
    expect(parseQuantity('0.0000000001')).toBe(1n);
    expect(parseQuantity('-0.0000000001')).toBe(-1n);
    expect(parseQuantity('0.00000000011Ki')).toBe(113n);
  });

  test.each([
    '',
    '.',
    '16GB',
    '16 Gi',
    '16gb',
    '1,5Gi',
    '٣Gi',
    '1e',
    'e3',
    '1EE',
    '1e3Ki',
    '--1',
    '0x10',
    'NaN',
    '1'.repeat(200),
  ])('does not read %s', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });
});
