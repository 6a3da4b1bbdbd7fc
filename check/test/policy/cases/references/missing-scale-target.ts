import { Severity } from '../../../../src/policy/finding';
import { missingScaleTarget } from '../../../../src/policy/rules/references/missing-scale-target';
import type { RuleCase } from '../../rule-case';

const server = (name: string, kind = 'Deployment'): string => `
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ml }
spec:
  selector: { matchLabels: { app: chat } }
  template:
    metadata: { labels: { app: chat } }
    spec: { containers: [{ name: main, image: 'example.com/chat:v1' }] }
`;
const hpa = (name: string, kind = 'Deployment', apiVersion = 'apps/v1'): string => `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: chat, namespace: ml }
spec:
  minReplicas: 2
  maxReplicas: 5
  scaleTargetRef: { apiVersion: ${apiVersion}, kind: ${kind}, name: ${name} }
`;
const scaled = `---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: chat, namespace: ml }
spec: { minReplicaCount: 2, maxReplicaCount: 5, scaleTargetRef: { name: chat }, triggers: [] }
`;
const name = 'spec.scaleTargetRef.name';

export const MISSING_SCALE_TARGET: RuleCase = {
  rule: missingScaleTarget,
  good: `${server('chat')}${hpa('chat')}`,
  flips: [
    {
      object: 1,
      change: { [name]: 'chats' },
      at: name,
      says: /Deployment chats, which is not there. Did you mean chat/,
      severity: Severity.ERROR,
    },
    {
      object: 1,
      change: { [name]: 'translator' },
      at: name,
      says: /translator, which is not there/,
      severity: Severity.WARNING,
    },
    {
      object: 1,
      change: { 'spec.scaleTargetRef.kind': 'StatefulSet' },
      at: 'spec.scaleTargetRef',
      says: /scales StatefulSet chat, and chat is a Deployment/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'a name that a template fills in': `${server('chat')}${hpa('"${NAME}"')}`,
    'no name is another finding': `${server('chat')}${hpa("''")}`,
    'the servers of its namespace are elsewhere': `${server('chat').replace('namespace: ml', 'namespace: web')}${hpa('chat')}`,
    'what there is cannot be scaled': `${server('chat', 'DaemonSet')}${hpa('translator')}`,
    'a target of the core': `${server('chat')}${hpa('chat', 'Deployment', "''")}`,
    'the servers are elsewhere': hpa('chat').replace('---', ''),
    'an operator makes the target': `${server('chat')}${hpa('search', 'Server', 'example.com/v1')}`,
    'an old version of its kind': `${server('chat')}${hpa('chat', 'Deployment', 'extensions/v1beta1')}`,
  },
};

export const MISSING_TARGET_OF_KEDA: RuleCase = {
  rule: missingScaleTarget,
  good: `${server('chat')}${scaled}`,
  flips: [{ object: 1, change: { [name]: 'chta' }, at: name, says: /Did you mean chat/, severity: Severity.ERROR }],
};

export const MISSING_SCALE_TARGET_BUT_EXTERNAL: RuleCase = {
  rule: missingScaleTarget,
  options: {
    isExternal: ({ kind, namespace, name: each }) => `${kind} ${namespace} ${each}` === 'Deployment ml translator',
  },
  good: `${server('chat')}${hpa('translator')}`,
  flips: [
    { object: 1, change: { [name]: 'other' }, at: name, says: /other, which is not there/, severity: Severity.WARNING },
  ],
};
