import { Severity } from '../../../../src/policy/finding';
import { noDevices } from '../../../../src/policy/rules/pending/no-devices';
import type { RuleCase } from '../../rule-case';
import { podWith, RESOURCES } from './manifests';

const at = `${RESOURCES}.limits['nvidia.com/gpu']`;

export const NO_DEVICES: RuleCase = {
  rule: noDevices,
  good: podWith('{ limits: { nvidia.com/gpu: 1 } }'),
  flips: [{ change: { [at]: 0 }, at, says: /asks for 0 of nvidia.com\/gpu/, severity: Severity.WARNING }],
  silent: { 'no cores are another matter': podWith('{ requests: { cpu: 0 } }') },
};
