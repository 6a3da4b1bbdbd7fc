import { Severity } from '../../../../src/policy/finding';
import { unknownDevice } from '../../../../src/policy/rules/pending/unknown-device';
import type { RuleCase } from '../../rule-case';
import { podWith, RESOURCES } from './manifests';

const of = (resource: string): string => `${RESOURCES}.limits['${resource}']`;

export const UNKNOWN_DEVICE: RuleCase = {
  rule: unknownDevice,
  good: podWith('{ limits: { nvidia.com/gpu: 1 } }'),
  flips: [
    {
      change: { [`${RESOURCES}.limits`]: { gpu: 1 } },
      at: `${RESOURCES}.limits.gpu`,
      says: /asks for gpu, which is refused/,
      severity: Severity.ERROR,
    },
    ...['nvidia.com/gpus', 'nvidia.com/GPU', 'nvidia/gpu', 'nvidia.com/mig-1g10gb'].map((resource) => ({
      change: { [`${RESOURCES}.limits`]: { [resource]: 1 } },
      at: of(resource),
      says: new RegExp(`asks for ${resource}, which no device plugin offers`),
      severity: Severity.ERROR,
    })),
    {
      change: { [`${RESOURCES}.limits`]: { 'alpha.kubernetes.io/nvidia-gpu': 1 } },
      at: of('alpha.kubernetes.io/nvidia-gpu'),
      says: /which is refused/,
      severity: Severity.ERROR,
    },
  ],
  silent: Object.fromEntries(
    [
      'nvidia.com/gpu.shared',
      'nvidia.com/mig-1g.5gb.me',
      'nvidia.com/gpumem',
      'nvidia.com/pgpu',
      'nvidia.com/TU104GL_Tesla_T4',
      'rdma/ib',
      'example.com/gpu',
      'ephemeral-storage',
    ].map((resource) => [`${resource} may be offered`, podWith(`{ limits: { ${resource}: 1 } }`)]),
  ),
};
