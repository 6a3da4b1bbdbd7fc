import { isJudged } from '../../src/inventory/scale-targets';

test.each<[string, boolean]>([
  ['Deployment', true],
  ['StatefulSet', true],
  ['ReplicaSet', true],
  ['LeaderWorkerSet', true],
  ['RayCluster', false],
  ['deployment', false],
])('%s should be among the manifests that scale it: %j', (kind, expected) => {
  expect(isJudged(kind)).toBe(expected);
});
