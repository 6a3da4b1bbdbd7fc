import type { Problem } from '../../src/core/diagnostics';
import {
  DiagnosticError,
  diagnosticOf,
  formatProblem,
  invalid,
  knownRules,
  refuse,
  show,
} from '../../src/core/diagnostics';
import { OUT_OF_RANGE } from '../../src/core/rules';
import { RETRIES_WITHOUT_CHECKPOINTS } from '../../src/training/diagnostics';

const bad: Problem = { rule: OUT_OF_RANGE, property: 'size', value: '-3', message: 'size is -3.', fix: 'Give 1.' };

describe('DiagnosticError', () => {
  test('says where, which rule, what is wrong and what to do', () => {
    const error = new DiagnosticError([bad], 'app/job');
    expect(error.message).toBe('[app/job] COR004: size is -3.\n    Fix: Give 1. (out-of-range)');
    expect(error.name).toBe('DiagnosticError');
  });

  test('keeps every problem as data', () => {
    const error = new DiagnosticError([bad, { ...bad, property: 'other' }], 'app/job');
    expect(error.diagnostics).toHaveLength(2);
    expect(error.diagnostics[0]).toEqual({
      id: 'COR004',
      rule: 'out-of-range',
      level: 'invalid',
      path: 'app/job',
      property: 'size',
      value: '-3',
      message: 'size is -3.',
      fix: 'Give 1.',
    });
  });

  test('lists the first fifty of very many problems and counts the rest', () => {
    const error = new DiagnosticError(Array.from({ length: 1234 }, () => bad));
    expect(error.diagnostics).toHaveLength(1234);
    expect(error.message.split('COR004')).toHaveLength(51);
    expect(error.message).toMatch(/and 1184 more$/);
  });

  test('has no path when a value object is refused', () => {
    expect(() => refuse(OUT_OF_RANGE, 'it is -3.', 'Give 1.', 'size', -3)).toThrow(
      expect.objectContaining({
        message: 'COR004: it is -3.\n    Fix: Give 1. (out-of-range)',
        diagnostics: [expect.objectContaining({ path: '', property: 'size', value: '-3' })],
      }),
    );
  });
});

describe('formatProblem', () => {
  test('offers the acknowledgement of what is unsafe, and only of that', () => {
    const unsafe = { ...bad, rule: RETRIES_WITHOUT_CHECKPOINTS };
    expect(formatProblem(unsafe)).toContain("Or Acknowledge.of(construct).add('TRN001', reason).");
    expect(formatProblem(bad)).not.toContain('Acknowledge');
  });

  test('is the message of a problem at its place', () => {
    expect(diagnosticOf(bad, 'a/b')).toMatchObject({ path: 'a/b', message: 'size is -3.' });
  });
});

describe('rules', () => {
  test('cannot share an id', () => {
    expect(() => invalid('COR004', 'again', 'Twice.')).toThrow('two rules share the id COR004');
  });

  test('are known by id once their room is loaded', () => {
    expect(knownRules().get('COR004')).toBe(OUT_OF_RANGE);
  });
});

describe('show', () => {
  class Money {}
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const shy = Object.defineProperty({}, 'constructor', {
    get() {
      throw new Error('no');
    },
  });
  test.each<[string, unknown, string]>([
    ['text in quotes', 'a b', "'a b'"],
    ['what cannot be printed by its code', 'a\u0000\u200f\nb', "'a\\u0000\\u200f\\u000ab'"],
    ['half a surrogate pair by its code', '\ud83d', "'\\ud83d'"],
    ['the start and the length of a long text', 'x'.repeat(500), `'${'x'.repeat(80)}… (500 characters)'`],
    ['numbers as they are written', 1.5, '1.5'],
    ['minus zero', -0, '-0'],
    ['NaN', NaN, 'NaN'],
    ['big integers with their suffix', 12n, '12n'],
    ['true', true, 'true'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a list by its length', [1, 2], 'a list of 2'],
    ['an object', { a: 1 }, 'an object'],
    ['an object without a prototype', Object.create(null), 'an object'],
    ['an instance by its class', new Money(), 'an instance of Money'],
    ['a date', new Date(0), 'an instance of Date'],
    ['a function', () => 1, 'a function'],
    ['a symbol', Symbol('s'), 'a symbol'],
    ['an object that hides its class', shy, 'an object'],
    ['a revoked proxy', revoked.proxy, 'an object'],
  ])('shows %s', (_, value, shown) => {
    expect(show(value)).toBe(shown);
  });
});
