import { profileFacts } from '../../../../src/inventory/profile';
import { Severity } from '../../../../src/policy/finding';
import { largerThanAnyNode } from '../../../../src/policy/rules/pending/larger-than-any-node';
import type { RuleCase } from '../../rule-case';
import { H100, podWith, profileWith, RESOURCES, TOLERATION } from './manifests';

const at = (resource: string): string =>
  `${RESOURCES}.limits${resource.includes('/') ? `['${resource}']` : `.${resource}`}`;

export const LARGER_THAN_ANY_NODE: RuleCase = {
  rule: largerThanAnyNode,
  options: {
    profile: profileFacts(profileWith({ h100: H100, l4: { ...H100, gpu: 'l4', instanceType: 'g6.xlarge' } })),
  },
  good: podWith(
    '{ limits: { nvidia.com/gpu: 8, cpu: 180, memory: 1800Gi } }',
    `${TOLERATION}\nnodeSelector: { cdk8s-ml.dev/pool: h100 }`,
  ),
  flips: [
    {
      change: { [at('nvidia.com/gpu')]: 9 },
      at: at('nvidia.com/gpu'),
      says: /asks for 9 of nvidia.com\/gpu per pod, and a node of h100 has 8/,
      severity: Severity.ERROR,
    },
    { change: { [at('cpu')]: 200 }, at: at('cpu'), says: /200000m of cpu .* has 191450m/, severity: Severity.ERROR },
    { change: { [at('memory')]: '2Ti' }, at: at('memory'), says: /2097152Mi of memory/, severity: Severity.ERROR },
  ],
  silent: {
    'pods without GPUs go elsewhere': podWith('{ limits: { cpu: 400 } }'),
    'a request below its limit': podWith(
      '{ requests: { memory: 1Gi }, limits: { nvidia.com/gpu: 1, memory: 4Ti } }',
      TOLERATION,
    ),
  },
  cluster: 'leaves pending',
};
