import { NodeRequirement, TaintEffect } from 'cdk8s-ml';
import type { Changes } from './fixtures';
import { problems } from './fixtures';

describe('GpuNodePool with Karpenter', () => {
  test.each<[string, Changes]>([
    [
      'nodeSelector.cdk8s-ml.dev/pool is other, and the nodes carry training',
      { nodeSelector: { 'cdk8s-ml.dev/pool': 'other' } },
    ],
    [
      'nodeSelector.kubernetes.io/hostname is n1, which Karpenter refuses',
      { nodeSelector: { 'kubernetes.io/hostname': 'n1' } },
    ],
    [
      'nodeSelector.karpenter.sh/nodepool is other, and Karpenter sets it to training',
      { nodeSelector: { 'karpenter.sh/nodepool': 'other' } },
    ],
    ['is spot, and machines may have on-demand', { nodeSelector: { 'karpenter.sh/capacity-type': 'spot' } }],
    [
      'is eu-1a, and machines may have eu-1a, eu-1b',
      { nodeSelector: { 'topology.kubernetes.io/zone': 'eu-1a' }, karpenter: { zones: ['eu-1a', 'eu-1b'] } },
    ],
    [
      'karpenter.labels.cdk8s-ml.dev/pool is a, which is set to the name',
      { karpenter: { labels: { 'cdk8s-ml.dev/pool': 'a' } } },
    ],
    [
      'karpenter.labels.karpenter.sh/registered is a, which Karpenter keeps',
      { karpenter: { labels: { 'karpenter.sh/registered': 'a' } } },
    ],
    [
      'karpenter.labels.karpenter.sh/nodepool is a, which Karpenter keeps',
      { karpenter: { labels: { 'karpenter.sh/nodepool': 'a' } } },
    ],
    ['is p5, which is a fact of machines', { karpenter: { labels: { 'karpenter.k8s.aws/instance-family': 'p5' } } }],
    [
      'karpenter.labels.tier is b, and nodeSelector has a',
      { nodeSelector: { tier: 'a' }, karpenter: { labels: { tier: 'b' } } },
    ],
    [
      'karpenter.requirements[0] is topology.kubernetes.io/zone, which karpenter.zones says',
      { karpenter: { requirements: [NodeRequirement.oneOf('topology.kubernetes.io/zone', 'a')] } },
    ],
    [
      'is kubernetes.io/os, and the nodes run Linux',
      { karpenter: { requirements: [NodeRequirement.exists('kubernetes.io/os')] } },
    ],
    [
      'is cdk8s-ml.dev/pool, which is set',
      { karpenter: { requirements: [NodeRequirement.exists('cdk8s-ml.dev/pool')] } },
    ],
    [
      'is karpenter.sh/nodepool, which Karpenter',
      { karpenter: { requirements: [NodeRequirement.exists('karpenter.sh/nodepool')] } },
    ],
    [
      'is kubernetes.io/hostname, which Karpenter',
      { karpenter: { requirements: [NodeRequirement.exists('kubernetes.io/hostname')] } },
    ],
  ])('GPU015 fails: %s', (why, changes) => {
    expect(problems(changes)).toContain(why);
    expect(problems(changes)).toContain('GPU015: ');
  });

  test('GPU015 passes for labels and requirements that Karpenter takes and that agree', () => {
    const nodeSelector = { 'cdk8s-ml.dev/pool': 'training', 'karpenter.sh/nodepool': 'training', tier: 'a' };
    const requirements = [NodeRequirement.oneOf('karpenter.k8s.aws/instance-family', 'p5')];
    expect(problems({ nodeSelector, karpenter: { labels: { tier: 'a', team: 'nlp' }, requirements } })).toBe('');
  });

  test('GPU016 fails for two taints of one key and effect', () => {
    const taint = { key: 'example.com/gpu', effect: TaintEffect.NO_SCHEDULE };
    expect(problems({ taints: [taint, { ...taint, value: 'a' }] })).toContain(
      'GPU016: taints[1] is example.com/gpu:NoSchedule',
    );
    const startupTaints = [{ key: 'nvidia.com/gpu', effect: TaintEffect.NO_SCHEDULE }];
    expect(problems({ karpenter: { startupTaints } })).toContain(
      'GPU016: karpenter.startupTaints[0] is nvidia.com/gpu',
    );
  });

  test('GPU016 passes for taints of another effect', () => {
    const startupTaints = [{ key: 'nvidia.com/gpu', effect: TaintEffect.NO_EXECUTE }];
    expect(problems({ karpenter: { startupTaints } })).toBe('');
  });
});
