import { Severity } from '../../../../src/policy/finding';
import { partialDevice } from '../../../../src/policy/rules/pending/partial-device';
import type { RuleCase } from '../../rule-case';
import { podWith, RESOURCES } from './manifests';

const at = `${RESOURCES}.limits['nvidia.com/gpu']`;

export const PARTIAL_DEVICE: RuleCase = {
  rule: partialDevice,
  good: podWith('{ limits: { nvidia.com/gpu: 1 } }'),
  flips: [
    { change: { [at]: 0.5 }, at, says: /asks for 0.5 of nvidia.com\/gpu/, severity: Severity.ERROR },
    { change: { [at]: '500m' }, at, says: /asks for 500m/, severity: Severity.ERROR },
  ],
  silent: {
    'thousandths that make whole devices': podWith('{ limits: { nvidia.com/gpu: 2000m } }'),
    'parts of a core': podWith('{ limits: { cpu: 500m } }'),
    'a slice of a GPU': podWith('{ limits: { nvidia.com/mig-1g.10gb: 1 } }'),
  },
  cluster: 'rejects',
};
