import { Severity } from '../../../../src/policy/finding';
import { missingClusterQueue } from '../../../../src/policy/rules/references/missing-cluster-queue';
import type { RuleCase } from '../../rule-case';

const LOCAL = `
apiVersion: kueue.x-k8s.io/v1beta2
kind: LocalQueue
metadata: { name: research, namespace: ml }
spec: { clusterQueue: gpus }
`;
const flavor = (name: string): string => `---
apiVersion: kueue.x-k8s.io/v1beta2
kind: ResourceFlavor
metadata: { name: ${name} }
spec: {}
`;
const CLUSTER = `---
apiVersion: kueue.x-k8s.io/v1beta2
kind: ClusterQueue
metadata: { name: gpus }
spec:
  namespaceSelector: {}
  resourceGroups:
  - coveredResources: [cpu]
    flavors: [{ name: h100, resources: [{ name: cpu, nominalQuota: 8 }] }]
`;

export const MISSING_CLUSTER_QUEUE: RuleCase = {
  rule: missingClusterQueue,
  good: `${LOCAL}${CLUSTER}${flavor('h100')}`,
  flips: [
    {
      change: { 'spec.clusterQueue': 'gpu' },
      at: 'spec.clusterQueue',
      says: /names ClusterQueue gpu, which is not there. Did you mean gpus\?/,
      severity: Severity.ERROR,
    },
    {
      object: 1,
      change: { 'spec.resourceGroups[0].flavors[0].name': 'a100' },
      at: 'spec.resourceGroups[0].flavors[0].name',
      says: /names ResourceFlavor a100, which is not there/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'those of the cluster are elsewhere': LOCAL, 'its flavors are elsewhere': `${LOCAL}${CLUSTER}` },
};
