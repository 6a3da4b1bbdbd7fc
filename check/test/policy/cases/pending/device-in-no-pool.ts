import { profileFacts } from '../../../../src/inventory/profile';
import { Severity } from '../../../../src/policy/finding';
import { deviceInNoPool } from '../../../../src/policy/rules/pending/device-in-no-pool';
import type { RuleCase } from '../../rule-case';
import { H100, podWith, profileWith, RESOURCES, TOLERATION } from './manifests';

const limits = `${RESOURCES}.limits`;

export const DEVICE_IN_NO_POOL: RuleCase = {
  rule: deviceInNoPool,
  options: { profile: profileFacts(profileWith({ h100: H100 })) },
  good: podWith('{ limits: { nvidia.com/gpu: 1 } }', TOLERATION),
  flips: ['nvidia.com/mig-1g.10gb', 'nvidia.com/gpu.shared', 'amd.com/gpu'].map((resource) => ({
    change: { [limits]: { [resource]: 1 } },
    at: `${limits}['${resource}']`,
    says: /which no pool offers. They offer nvidia.com\/gpu/,
    severity: Severity.ERROR,
  })),
  cluster: 'leaves pending',
};

export const SLICE_IN_NO_POOL: RuleCase = {
  rule: deviceInNoPool,
  options: { profile: profileFacts(profileWith({ h100: { ...H100, sharing: { strategy: 'mig-mixed' } } })) },
  good: podWith('{ limits: { nvidia.com/mig-1g.10gb: 1 } }', TOLERATION),
  flips: ['nvidia.com/mig-1g.5gb', 'nvidia.com/gpu'].map((resource) => ({
    change: { [limits]: { [resource]: 1 } },
    at: `${limits}['${resource}']`,
    says: /which no pool offers/,
    severity: Severity.ERROR,
  })),
};
