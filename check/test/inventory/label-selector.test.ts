import { LabelSelector } from '../../src/inventory/label-selector';
import { inventoryOf } from './inventory-of';

const fieldOf = (selector: object) =>
  inventoryOf(JSON.stringify({ apiVersion: 'v1', kind: 'A', selector })).resources[0].at('selector');

interface Expression {
  readonly key?: string;
  readonly operator: string;
  readonly values?: readonly string[];
}
const demanding = (...matchExpressions: Expression[]): LabelSelector => LabelSelector.of(fieldOf({ matchExpressions }));

describe('LabelSelector', () => {
  test.each<[Expression, boolean, boolean, boolean]>([
    [{ key: 'tier', operator: 'In', values: ['gpu', 'cpu'] }, true, false, false],
    [{ key: 'tier', operator: 'In' }, false, false, false],
    [{ key: 'tier', operator: 'NotIn', values: ['gpu', 'cpu'] }, false, true, true],
    [{ key: 'tier', operator: 'Exists' }, true, true, false],
    [{ key: 'tier', operator: 'DoesNotExist' }, false, false, true],
    [{ key: 'tier', operator: 'Near', values: ['gpu'] }, false, false, false],
    [{ operator: 'DoesNotExist' }, true, true, true],
  ])('%j: with gpu %j, with tpu %j, without the label %j', (expression, withGpu, withTpu, without) => {
    const selector = demanding(expression);
    expect(selector.matches({ tier: 'gpu' })).toBe(withGpu);
    expect(selector.matches({ tier: 'tpu' })).toBe(withTpu);
    expect(selector.matches({ app: 'x' })).toBe(without);
  });

  test('demands all that it names', () => {
    const selector = LabelSelector.of(
      fieldOf({ matchLabels: { app: 'x', team: 'nlp' }, matchExpressions: [{ key: 'tier', operator: 'Exists' }] }),
    );
    expect(selector.labels).toEqual([
      ['app', 'x'],
      ['team', 'nlp'],
    ]);
    expect(selector.matches({ app: 'x', team: 'nlp', tier: 'a' })).toBe(true);
    expect(selector.matches({ app: 'x', team: 'nlp' })).toBe(false);
    expect(selector.matches({ app: 'x', tier: 'a' })).toBe(false);
    expect(selector.matches({ app: 'y', team: 'nlp', tier: 'a' })).toBe(false);
  });

  test('without demands matches everything, and a value that is no text nothing', () => {
    expect(LabelSelector.of(fieldOf({})).matches({ app: 'x' })).toBe(true);
    expect(LabelSelector.ofLabels(fieldOf({ app: 1 })).matches({ app: '1' })).toBe(false);
    expect(LabelSelector.ofLabels(fieldOf({ app: 'x' })).matches({ app: 'x', more: 'y' })).toBe(true);
  });

  const labels = { known: { app: 'x' }, isOpen: (key: string) => key === 'job-name' };

  test.each<[string, object, boolean | undefined]>([
    ['a label that has the value', { matchLabels: { app: 'x' } }, true],
    ['a label of a controller', { matchLabels: { app: 'x', 'job-name': 'a' } }, undefined],
    ['a label of a controller before one that is known', { matchLabels: { 'job-name': 'a', app: 'x' } }, undefined],
    ['a label of a controller beside one that differs', { matchLabels: { 'job-name': 'a', app: 'y' } }, false],
    ['a label that nobody sets', { matchLabels: { team: 'nlp' } }, false],
    ['a value of a controller', { matchExpressions: [{ key: 'job-name', operator: 'In', values: ['a'] }] }, undefined],
    ['its label', { matchExpressions: [{ key: 'job-name', operator: 'Exists' }] }, undefined],
    ['none of its label', { matchExpressions: [{ key: 'job-name', operator: 'DoesNotExist' }] }, undefined],
    ['another value of it', { matchExpressions: [{ key: 'job-name', operator: 'NotIn', values: ['a'] }] }, undefined],
    ['one of no one', { matchExpressions: [{ key: 'team', operator: 'Exists' }] }, false],
    ['none of no one', { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] }, true],
    [
      'a label of a controller before demands that hold',
      {
        matchExpressions: [
          { key: 'job-name', operator: 'Exists' },
          { key: 'app', operator: 'Exists' },
        ],
      },
      undefined,
    ],
    [
      'a known label that has another value',
      { matchExpressions: [{ key: 'app', operator: 'In', values: ['y'] }] },
      false,
    ],
  ])('selects pods by %s: %j is %j', (_, selector, expected) => {
    expect(LabelSelector.of(fieldOf(selector)).selects(labels)).toBe(expected);
  });
});
