import { Severity } from '../../../../src/policy/finding';
import { manyDevices } from '../../../../src/policy/rules/pending/many-devices';
import type { RuleCase } from '../../rule-case';
import { podWith, RESOURCES, TOLERATION } from './manifests';

const at = `${RESOURCES}.limits['nvidia.com/gpu']`;

export const MANY_DEVICES: RuleCase = {
  rule: manyDevices,
  good: podWith('{ limits: { nvidia.com/gpu: 8 } }', TOLERATION),
  flips: [{ change: { [at]: 16 }, at, says: /asks for 16 of nvidia.com\/gpu on one node/, severity: Severity.WARNING }],
  silent: {
    'a machine that has so many': podWith(
      '{ limits: { nvidia.com/gpu: 16 } }',
      'nodeSelector: { node.kubernetes.io/instance-type: a2-megagpu-16g }',
    ),
    'cores of an accelerator': podWith('{ limits: { aws.amazon.com/neuroncore: 32 } }'),
  },
  cluster: 'leaves pending',
};
