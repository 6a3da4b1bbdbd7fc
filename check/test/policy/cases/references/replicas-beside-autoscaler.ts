import { Severity } from '../../../../src/policy/finding';
import { replicasBesideAutoscaler } from '../../../../src/policy/rules/references/replicas-beside-autoscaler';
import type { RuleCase } from '../../rule-case';

const server = (replicas: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: chat, namespace: ml }
spec:
  ${replicas}
  selector: { matchLabels: { app: chat } }
  template:
    metadata: { labels: { app: chat } }
    spec: { containers: [{ name: main, image: 'example.com/chat:v1' }] }
`;
const hpa = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: chat, namespace: ml }
spec: { minReplicas: 2, maxReplicas: 5, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: chat } }
`;

export const REPLICAS_BESIDE_AUTOSCALER: RuleCase = {
  rule: replicasBesideAutoscaler,
  good: `${server('minReadySeconds: 5')}${hpa}`,
  flips: [
    {
      change: { 'spec.replicas': 3 },
      at: 'spec.replicas',
      says: /has replicas 3 and is scaled by HorizontalPodAutoscaler ml\/chat/,
      severity: Severity.WARNING,
    },
  ],
  silent: { 'without an autoscaler': server('replicas: 3') },
};
