import { Severity } from '../../../../src/policy/finding';
import { migProfile } from '../../../../src/policy/rules/pending/mig-profile';
import type { RuleCase } from '../../rule-case';
import { podWith, RESOURCES, TOLERATION } from './manifests';

const limits = `${RESOURCES}.limits`;
const on = (product: string): string => `${TOLERATION}\nnodeSelector: { nvidia.com/gpu.product: ${product} }`;
const flip = (resource: string, says: RegExp, severity = Severity.ERROR, count = 1): RuleCase['flips'][number] => ({
  change: { [limits]: { [resource]: count } },
  at: `${limits}['${resource}']`,
  says,
  severity,
});

export const MIG_PROFILE: RuleCase = {
  rule: migProfile,
  good: podWith('{ limits: { nvidia.com/mig-1g.10gb: 1 } }', on('NVIDIA-A100-SXM4-80GB')),
  flips: [
    flip('nvidia.com/mig-1g.5gb', /1g.5gb, a profile that NVIDIA A100 80GB does not have/),
    flip('nvidia.com/mig-1g.10gb', /asks for 8 of .*, and one GPU gives at most 7/, Severity.ERROR, 8),
  ],
  silent: {
    'a profile of the same GPU without another': podWith(
      '{ limits: { nvidia.com/mig-1g.10gb.me: 1 } }',
      on('NVIDIA-H100-80GB-HBM3'),
    ),
    'whole GPUs': podWith('{ limits: { nvidia.com/gpu: 1 } }', on('NVIDIA-L4')),
  },
};

export const MIG_PROFILE_OF_ANY: RuleCase = {
  rule: migProfile,
  good: podWith('{ limits: { nvidia.com/mig-1g.5gb: 1 } }', TOLERATION),
  flips: [
    flip('nvidia.com/mig-5g.50gb', /a profile that no known GPU has/, Severity.WARNING),
    flip('nvidia.com/mig-7g.40gb', /one GPU gives at most 1/, Severity.ERROR, 2),
  ],
};

export const MIG_PROFILE_WITHOUT_MIG: RuleCase = {
  rule: migProfile,
  good: podWith('{ limits: { nvidia.com/mig-1g.18gb: 1 } }', on('NVIDIA-H200')),
  flips: [
    {
      change: { "spec.nodeSelector['nvidia.com/gpu.product']": 'NVIDIA-L4' },
      at: `${limits}['nvidia.com/mig-1g.18gb']`,
      says: /a profile that NVIDIA L4 does not have/,
      severity: Severity.ERROR,
    },
  ],
};
