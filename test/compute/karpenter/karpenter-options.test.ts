import { Duration } from 'cdk8s';
import { NodeTimer } from 'cdk8s-ml';
import { complaint } from '../../complaints';
import { chartOn, poolOn } from './fixtures';

describe('KarpenterOptions', () => {
  const says = (options: object): string => complaint(() => poolOn(chartOn(), { karpenter: options }));

  test.each<[object, string]>([
    [{ nodeClass: 'gpu' }, "COR001: karpenter.nodeClass is 'gpu', not a NodeClass."],
    [{ instanceTypes: [] }, 'COR004: karpenter.instanceTypes has 0 items'],
    [{ instanceTypes: ['p5 48xlarge'] }, 'COR004: karpenter.instanceTypes[0]'],
    [{ capacityTypes: ['Spot'] }, "Write 'spot'."],
    [{ zones: 'eu-1a' }, 'COR001: karpenter.zones'],
    [{ arch: 'x86' }, 'COR004: karpenter.arch'],
    [{ requirements: [{ key: 'a' }] }, 'COR001: karpenter.requirements[0]'],
    [{ labels: { 'a b': 'x' } }, 'COR004: karpenter.labels has the key'],
    [{ labels: { a: 1 } }, 'COR001: karpenter.labels.a is 1, not text.'],
    [{ startupTaints: [{ key: 'a' }] }, 'COR003: karpenter.startupTaints[0].effect'],
    [{ consolidationPolicy: 'WhenUnderutilized' }, 'COR004: karpenter.consolidationPolicy'],
    [{ consolidateAfter: '10m' }, 'COR001: karpenter.consolidateAfter'],
    [{ consolidateAfter: Duration.minutes(10) }, 'Use NodeTimer.after(Duration.hours(720)) or NodeTimer.never().'],
    [{ budgets: [{ nodes: 0 }] }, 'COR001: karpenter.budgets[0]'],
    [{ budgets: [] }, 'COR004: karpenter.budgets has 0 items'],
    [{ expireAfter: 'Never' }, 'COR001: karpenter.expireAfter'],
    [{ limits: { cpu: 100 } }, 'COR001: karpenter.limits.cpu is 100, not text.'],
    [{ limits: { cpu: '100 cores' } }, "COR004: karpenter.limits.cpu '100 cores' is no quantity."],
    [{ limits: { cpu: '-1' } }, 'COR004: karpenter.limits.cpu'],
    [{ weight: 0 }, 'COR004: karpenter.weight is 0.'],
    [{ weight: 101 }, 'COR004: karpenter.weight is 101.'],
    [{ expireafter: NodeTimer.never() }, 'COR002: '],
  ])('refuses %j', (options, why) => {
    expect(says(options)).toContain(why);
  });
});
