import { Severity } from '../../../../src/policy/finding';
import { requestAboveLimit } from '../../../../src/policy/rules/pending/request-above-limit';
import type { RuleCase } from '../../rule-case';
import { podWith, RESOURCES } from './manifests';

const at = `${RESOURCES}.requests.memory`;

export const REQUEST_ABOVE_LIMIT: RuleCase = {
  rule: requestAboveLimit,
  good: podWith('{ requests: { memory: 1024Mi, cpu: 1000m }, limits: { memory: 1Gi, cpu: 1 } }'),
  flips: [
    { change: { [at]: '2Gi' }, at, says: /requests 2Gi of memory and has a limit of 1Gi/, severity: Severity.ERROR },
  ],
  silent: {
    'a request alone': podWith('{ requests: { memory: 2Gi } }'),
    'devices have a rule of their own': podWith('{ requests: { nvidia.com/gpu: 2 }, limits: { nvidia.com/gpu: 1 } }'),
  },
  cluster: 'rejects',
};
