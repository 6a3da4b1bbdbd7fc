import { Severity } from '../../../../src/policy/finding';
import { openLoadBalancer } from '../../../../src/policy/rules/security/open-load-balancer';
import type { RuleCase } from '../../rule-case';
import { SERVED, WEB } from '../serving/served';

const SERVICE = `
---
apiVersion: v1
kind: Service
metadata: { name: chat, namespace: serving }
spec: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], selector: { app: chat }, ports: [{ port: 80, targetPort: http }] }
`;

const OPEN = SERVICE.replace('loadBalancerSourceRanges: [10.0.0.0/8], ', '');
const annotated = (annotation: string): string =>
  OPEN.replace('{ name: chat,', `{ name: chat, annotations: { ${annotation} },`);

export const OPEN_LOAD_BALANCER: RuleCase = {
  rule: openLoadBalancer,
  good: SERVED + SERVICE,
  flips: [
    {
      change: { 'spec.loadBalancerSourceRanges': undefined },
      object: 1,
      at: 'spec.type',
      says: /opens Deployment serving\/chat to everybody/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.loadBalancerSourceRanges[0]': '0.0.0.0/0' },
      object: 1,
      at: 'spec.type',
      says: /opens Deployment serving\/chat to everybody/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.loadBalancerSourceRanges[1]': '::/0' },
      object: 1,
      at: 'spec.type',
      says: /opens Deployment serving\/chat to everybody/,
      severity: Severity.WARNING,
    },
    ...(
      [
        ['service.beta.kubernetes.io/aws-load-balancer-internal', 'false'],
        ['service.beta.kubernetes.io/aws-load-balancer-scheme', 'internet-facing'],
        ['service.beta.kubernetes.io/aws-load-balancer-type', 'external-not-internal'],
        ['service.beta.kubernetes.io/aws-load-balancer-type', 'internal-or-not'],
        ['service.beta.kubernetes.io/load-balancer-source-ranges', '0.0.0.0/0'],
        ['example.com/owner', 'internal'],
      ] as const
    ).map(([key, value]) => ({
      change: { 'spec.loadBalancerSourceRanges': undefined, 'metadata.annotations': { [key]: value } },
      object: 1,
      at: 'spec.type',
      says: /opens Deployment serving\/chat to everybody/,
      severity: Severity.WARNING,
    })),
  ],
  silent: {
    ...Object.fromEntries(
      [
        'service.beta.kubernetes.io/aws-load-balancer-internal: "true"',
        'service.beta.kubernetes.io/aws-load-balancer-scheme: internal',
        'service.beta.kubernetes.io/azure-load-balancer-internal: "true"',
        'service.beta.kubernetes.io/load-balancer-source-ranges: 10.0.0.0/8',
      ].map((annotation) => [`it stays inside by ${annotation}`, SERVED + annotated(annotation)]),
    ),
    'inside the cluster': SERVED + OPEN.replace('LoadBalancer', 'ClusterIP'),
    'another namespace': SERVED + OPEN.replace('namespace: serving', 'namespace: web'),
    'other pods': SERVED + OPEN.replace('app: chat', 'app: shop'),
    'pods with another label beside': SERVED + OPEN.replace('app: chat', 'app: chat, tier: web'),
    'no pods that it selects': SERVED + OPEN.replace('selector: { app: chat }, ', ''),
    'it has a class that stays inside':
      SERVED + SERVICE.replace('loadBalancerSourceRanges: [10.0.0.0/8]', 'loadBalancerClass: tailscale'),
    'it stays inside':
      SERVED +
      SERVICE.replace('loadBalancerSourceRanges: [10.0.0.0/8], ', '').replace(
        '{ name: chat,',
        '{ name: chat, annotations: { networking.gke.io/load-balancer-type: Internal },',
      ),
    'a web app':
      WEB +
      SERVICE.replaceAll('chat', 'shop')
        .replaceAll('serving', 'web')
        .replace('loadBalancerSourceRanges: [10.0.0.0/8], ', ''),
  },
};
