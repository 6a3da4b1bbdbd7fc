import { TaintEffect } from 'cdk8s-ml';
import { distinctTolerations, sameTolerations, tolerationsOf } from '../../src/kinds/toleration';

const { NO_SCHEDULE, NO_EXECUTE } = TaintEffect;

describe('tolerations', () => {
  test('fit the taints they are made from', () => {
    expect(tolerationsOf([{ key: 'a', value: 'b', effect: NO_SCHEDULE }])).toEqual([
      { key: 'a', value: 'b', effect: NO_SCHEDULE },
    ]);
  });

  test('are the same in any order and any number of times', () => {
    const a = { key: 'a', effect: NO_SCHEDULE };
    const b = { key: 'b', value: 'x', effect: NO_EXECUTE };
    expect(sameTolerations([a, b], [b, a, a])).toBe(true);
    expect(sameTolerations([a], [a, b])).toBe(false);
    expect(sameTolerations([], [])).toBe(true);
  });

  test('differ by value and by effect', () => {
    expect(sameTolerations([{ key: 'a' }], [{ key: 'a', value: '' }])).toBe(false);
    expect(sameTolerations([{ key: 'a' }], [{ key: 'a', effect: NO_SCHEDULE }])).toBe(false);
  });

  test('are each written once, in the order of their first place', () => {
    expect(distinctTolerations([{ key: 'b' }, { key: 'a' }, { key: 'b' }])).toEqual([{ key: 'b' }, { key: 'a' }]);
  });
});
