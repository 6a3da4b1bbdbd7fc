import { Severity } from '../../../../src/policy/finding';
import { unreadableProfile } from '../../../../src/policy/rules/reading/unreadable-profile';
import type { RuleCase } from '../../rule-case';

const at = "data['profile.json']";

export const UNREADABLE_PROFILE: RuleCase = {
  rule: unreadableProfile,
  good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: lab-profile, namespace: ml, labels: { cdk8s-ml.dev/document: cluster-profile } }
data: { profile.json: '{"apiVersion":"cdk8s-ml.dev/v1","kind":"ClusterProfile","name":"lab"}' }
`,
  flips: [
    { change: { [at]: '{' }, at, says: /cannot be read: .*no JSON/, severity: Severity.ERROR },
    { change: { [at]: undefined }, at, says: /has no text under profile.json/, severity: Severity.ERROR },
  ],
  silent: {
    'another document': `
apiVersion: v1
kind: ConfigMap
metadata: { name: notes, labels: { cdk8s-ml.dev/document: notes } }
data: { profile.json: '{' }
`,
  },
};
