import { profileFacts } from '../../../../src/inventory/profile';
import { Severity } from '../../../../src/policy/finding';
import { unknownPriorityClass } from '../../../../src/policy/rules/references/unknown-priority-class';
import type { RuleCase } from '../../rule-case';

const pod = (name: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: main, namespace: ml }
spec:
  restartPolicy: Never
  priorityClassName: ${name}
  containers: [{ name: main, image: 'registry.example.com/main:v1' }]
`;
const at = 'spec.priorityClassName';
const priorityClass = `---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: training }
value: 1000
`;

export const UNKNOWN_PRIORITY_CLASS: RuleCase = {
  rule: unknownPriorityClass,
  good: `${pod('training')}${priorityClass}`,
  flips: [{ change: { [at]: 'other' }, at, says: /other, which must be in the cluster/, severity: Severity.INFO }],
  silent: { 'every cluster has it': pod('system-node-critical') },
};

export const PRIORITY_CLASS_NOT_IN_PROFILE: RuleCase = {
  rule: unknownPriorityClass,
  options: {
    profile: profileFacts(
      '{"apiVersion":"cdk8s-ml.dev/v1","kind":"ClusterProfile","name":"lab","priorityClasses":[{"name":"training","value":1000}]}',
    ),
  },
  good: pod('training'),
  flips: [{ change: { [at]: 'other' }, at, says: /which the profile does not have/, severity: Severity.ERROR }],
};

export const PRIORITY_CLASS_NOT_IN_SET: RuleCase = {
  rule: unknownPriorityClass,
  options: { complete: true },
  good: `${pod('training')}${priorityClass}`,
  flips: [{ change: { [at]: 'other' }, at, says: /which is not there/, severity: Severity.ERROR }],
};
