import { Severity } from '../../../../src/policy/finding';
import { everyGpuWithoutRequest } from '../../../../src/policy/rules/security/every-gpu-without-request';
import type { RuleCase } from '../../rule-case';
import { AGENT, TRAINED } from './trained';

const BESIDE = TRAINED.replace(', nvidia.com/gpu: 1', '')
  .replace('name: NAME', 'name: NVIDIA_VISIBLE_DEVICES')
  .replaceAll('$(NAME)', 'x');

export const EVERY_GPU_WITHOUT_REQUEST: RuleCase = {
  rule: everyGpuWithoutRequest,
  good: BESIDE,
  flips: [
    {
      change: { 'spec.template.spec.containers[0].env[0].value': 'all' },
      at: 'spec.template.spec.containers[0].env[0].value',
      says: /sees every GPU/,
      severity: Severity.ERROR,
    },
  ],
  silent: { 'a pod of every node': AGENT },
};
