import { Severity } from '../../../../src/policy/finding';
import { gpuMemoryUtilization } from '../../../../src/policy/rules/oom/gpu-memory-utilization';
import { CONTAINER, jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const manifest = (utilization: string, device = 'nvidia.com/gpu'): string =>
  jobWith({
    container: `
command: [vllm, serve, model]
args: [${utilization}]
resources: { limits: { ${device}: 1, memory: 16Gi } }
`,
  });
const at = `${CONTAINER}.args`;

export const GPU_MEMORY_UTILIZATION: RuleCase = {
  rule: gpuMemoryUtilization,
  good: manifest('--gpu-memory-utilization=0.95'),
  flips: [
    {
      change: { [`${at}[0]`]: '--gpu-memory-utilization=0.98' },
      at,
      says: /takes 0\.98 of the memory of a GPU, which leaves too little/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${at}[0]`]: '--gpu-memory-utilization=90' },
      at,
      says: /asks for 90 of the memory of a GPU, which is more than all/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${CONTAINER}.resources.limits`]: { 'nvidia.com/gpu.shared': 1, memory: '16Gi' } },
      at,
      says: /takes 0\.95 of the memory of a GPU that it shares/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a variable': manifest('--gpu-memory-utilization=$(SHARE)'),
    'a half of a shared GPU': manifest('--gpu-memory-utilization=0.45', 'nvidia.com/gpu.shared'),
  },
};
