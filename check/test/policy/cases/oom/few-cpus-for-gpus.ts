import { Severity } from '../../../../src/policy/finding';
import { fewCpusForGpus } from '../../../../src/policy/rules/oom/few-cpus-for-gpus';
import { CONTAINER, jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = `${CONTAINER}.resources.requests.cpu`;
const manifest = (resources: string, command = 'python, train.py'): string =>
  jobWith({ container: `command: [${command}]\nresources: { ${resources} }` });

export const FEW_CPUS_FOR_GPUS: RuleCase = {
  rule: fewCpusForGpus,
  good: manifest('requests: { cpu: 8, memory: 64Gi }, limits: { nvidia.com/gpu: 4 }'),
  flips: [
    {
      change: { [at]: undefined },
      at,
      says: /holds GPUs in container main and asks for no CPU/,
      severity: Severity.WARNING,
    },
    { change: { [at]: 3 }, at, says: /asks for 3 CPUs for 4 GPUs in container main/, severity: Severity.WARNING },
    { change: { [at]: '7500m' }, at, says: /asks for 7500m CPUs for 4 GPUs/, severity: Severity.INFO },
  ],
  silent: {
    'a limit is a request as well': manifest('limits: { cpu: 8, nvidia.com/gpu: 4 }'),
    'slices are less than a GPU': manifest('limits: { nvidia.com/mig-1g.10gb: 1 }'),
    'a test of the GPU': manifest('limits: { nvidia.com/gpu: 1 }', 'nvidia-smi'),
  },
};
