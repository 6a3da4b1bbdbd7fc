import { Severity } from '../../../../src/policy/finding';
import { hugePagesAlone } from '../../../../src/policy/rules/pending/huge-pages-alone';
import type { RuleCase } from '../../rule-case';
import { podWith, RESOURCES } from './manifests';

const at = `${RESOURCES}.limits.hugepages-2Mi`;

export const HUGE_PAGES_ALONE: RuleCase = {
  rule: hugePagesAlone,
  good: podWith('{ limits: { hugepages-2Mi: 128Mi, memory: 1Gi } }'),
  flips: [
    {
      change: { [`${RESOURCES}.limits.memory`]: undefined },
      at,
      says: /asks for hugepages-2Mi and neither for cpu nor for memory/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'a request of cpu': podWith('{ requests: { cpu: 1 }, limits: { hugepages-2Mi: 128Mi } }') },
  cluster: 'rejects',
};
