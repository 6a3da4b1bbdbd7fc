import { Severity } from '../../../../src/policy/finding';
import { limitNotRequest } from '../../../../src/policy/rules/pending/limit-not-request';
import type { RuleCase } from '../../rule-case';
import { podWith, RESOURCES } from './manifests';

const at = `${RESOURCES}.requests['nvidia.com/gpu']`;

export const LIMIT_NOT_REQUEST: RuleCase = {
  rule: limitNotRequest,
  good: podWith(
    '{ requests: { nvidia.com/gpu: 2 }, limits: { nvidia.com/gpu: 2, cpu: 4, memory: 8Gi } }',
    'tolerations: [{ key: nvidia.com/gpu, operator: Exists }]',
  ),
  flips: [
    {
      change: { [`${RESOURCES}.limits['nvidia.com/gpu']`]: undefined },
      at,
      says: /requests 2 of nvidia.com\/gpu and has no limit/,
      severity: Severity.ERROR,
    },
    { change: { [at]: 1 }, at, says: /requests 1 .* has a limit of 2/, severity: Severity.ERROR },
    { change: { [`${RESOURCES}.limits`]: { memory: '8Gi' } }, at, says: /no limit of it/, severity: Severity.ERROR },
  ],
  silent: {
    'a limit alone is a request as well': podWith('{ limits: { nvidia.com/gpu: 1 } }'),
    'the same amount in another form': podWith(
      "{ requests: { nvidia.com/gpu: '1' }, limits: { nvidia.com/gpu: 1000m } }",
    ),
    'cpu and memory may be overcommitted': podWith('{ requests: { cpu: 1, memory: 1Gi } }'),
    'a variable that is filled in later': podWith("{ requests: { nvidia.com/gpu: '{{inputs.parameters.gpus}}' } }"),
  },
  cluster: 'rejects',
};
