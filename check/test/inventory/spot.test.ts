import { spotChoice } from '../../src/inventory/spot';
import { inventoryOf } from './inventory-of';

const pod = (spec: object): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [], ...spec } });
const nodePool = (name: string, ...capacity: string[]): string =>
  JSON.stringify({
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name },
    spec: {
      template: {
        metadata: { labels: { 'cdk8s-ml.dev/pool': `our-${name}` } },
        spec: { requirements: [{ key: 'karpenter.sh/capacity-type', operator: 'In', values: capacity }] },
      },
    },
  });
const demanding = (...matchExpressions: object[]): object => ({
  affinity: {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } },
  },
});
/** Where a pod chooses nodes that are taken away, and whose. */
function choice(spec: object, ...pools: string[]): readonly string[] | undefined {
  const inventory = inventoryOf(pod(spec), ...pools);
  const found = spotChoice(inventory.pods[0], inventory);
  return found && [found.field.place, ...(found.provider ? [found.provider] : [])];
}
const EXPRESSION =
  'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions';
const CAPACITY = 'karpenter.sh/capacity-type';

describe('a choice of spot nodes', () => {
  test.each<[string, string, string?]>([
    ['cloud.google.com/gke-spot', 'true', 'gcp'],
    ['cloud.google.com/gke-preemptible', 'true', 'gcp'],
    ['kubernetes.azure.com/scalesetpriority', 'spot', 'azure'],
    ['eks.amazonaws.com/capacityType', 'SPOT', 'aws'],
    [CAPACITY, 'spot'],
    ['node.kubernetes.io/lifecycle', 'spot'],
    ['node-lifecycle', 'Ec2Spot'],
  ])('is %s: %s, of %s', (label, value, provider = '') => {
    const expected = [`spec.nodeSelector['${label}']`, ...(provider ? [provider] : [])];
    const place = label === 'node-lifecycle' ? ['spec.nodeSelector.node-lifecycle'] : expected;
    expect(choice({ nodeSelector: { [label]: value } })).toEqual(place);
    expect(choice({ nodeSelector: { [label]: 'on-demand' } })).toBeUndefined();
  });

  test('is a demand that leaves no other nodes, behind others', () => {
    const zone = { key: 'zone', operator: 'In', values: ['a'] };
    const capacity = (operator: string, ...values: string[]): object => ({ key: CAPACITY, operator, values });
    expect(choice(demanding(zone, capacity('In', 'spot')))).toEqual([`${EXPRESSION}[1]`]);
    expect(choice(demanding(zone, capacity('In', 'spot', 'on-demand')))).toBeUndefined();
    expect(choice(demanding(capacity('NotIn', 'spot')))).toBeUndefined();
    expect(choice(demanding(capacity('In')))).toBeUndefined();
    expect(choice({})).toBeUndefined();
  });

  test('says whose nodes they are where another label tells', () => {
    const selector = { [CAPACITY]: 'spot', 'karpenter.k8s.aws/instance-family': 'p5' };
    expect(choice({ nodeSelector: selector })?.[1]).toBe('aws');
  });

  const POOL = 'karpenter.sh/nodepool';
  const pools = [nodePool('spot', 'spot'), nodePool('mixed', 'spot', 'on-demand'), nodePool('steady', 'on-demand')];

  test.each<[object, readonly string[] | undefined]>([
    [{ [POOL]: 'spot' }, [`spec.nodeSelector['${POOL}']`]],
    [{ [POOL]: 'mixed' }, [`spec.nodeSelector['${POOL}']`]],
    [{ [POOL]: 'steady' }, undefined],
    [{ [POOL]: 'gone' }, undefined],
    [{ 'cdk8s-ml.dev/pool': 'our-spot' }, ["spec.nodeSelector['cdk8s-ml.dev/pool']"]],
    [{ 'cdk8s-ml.dev/pool': 'our-steady' }, undefined],
    [{ 'cdk8s-ml.dev/pool': 'spot' }, undefined],
    [{ team: 'spot' }, undefined],
  ])('is a pool of such nodes: %j at %j', (nodeSelector, expected) => {
    expect(choice({ nodeSelector }, ...pools)).toEqual(expected);
  });

  test('is several pools when all have such nodes', () => {
    const among = (...values: string[]): object => demanding({ key: POOL, operator: 'In', values });
    expect(choice(among('spot', 'mixed'), ...pools)).toEqual([`${EXPRESSION}[0]`]);
    expect(choice(among('spot', 'steady'), ...pools)).toBeUndefined();
    expect(choice(among('spot'))).toBeUndefined();
  });

  test('is a pool that has the name and no label', () => {
    const node = (labels: object): string =>
      JSON.stringify({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', labels } });
    expect(choice({ nodeSelector: { [POOL]: 'n1' } }, node({ [CAPACITY]: 'spot' }))).toBeDefined();
    expect(choice({ nodeSelector: { [POOL]: 'n1' } }, node({ [CAPACITY]: 'spot', [POOL]: 'x' }))).toBeUndefined();
  });
});
