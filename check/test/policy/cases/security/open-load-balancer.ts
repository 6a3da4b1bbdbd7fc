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
  ],
  silent: {
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
