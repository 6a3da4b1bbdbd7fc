import type { Container } from '../../../inventory/container';
import { hasOption, optionOf } from '../../../inventory/container';
import { chosenModels } from '../../../inventory/gpu-choice';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** The first compute capability with arithmetic in a format. https://docs.nvidia.com/cuda/cuda-c-programming-guide/#compute-capabilities */
const SINCE: { readonly [format: string]: number } = { bf16: 8, fp8: 8.9 };

export const numberFormatOfNewerGpu: Rule<Scope.CONTAINER> = {
  name: 'number-format-of-newer-gpu',
  group: Group.OOM,
  facts: ['ML-MEM-005'],
  scope: Scope.CONTAINER,
  why: 'GPUs before Ampere have no bf16, and those before Ada and Hopper no fp8: the program ends at its start, or falls back to twice the memory. https://docs.nvidia.com/cuda/cuda-c-programming-guide/#compute-capabilities',
  fix: 'Use fp16 there, or choose a newer GPU.',
  check: (container) => {
    const format = container.devices.length > 0 ? formatOf(container) : undefined;
    if (format === undefined) return [];
    const models = chosenModels(container.pod) ?? [];
    const capabilities = models.map(({ computeCapability }) => Number(computeCapability));
    if (models.length === 0 || !capabilities.every((capability) => capability < SINCE[format])) return [];
    return [
      error(container.field, `computes in ${format} in container ${container.name}, which ${models[0].name} cannot.`),
    ];
  },
};

/** The format in which a container says that it computes. Weights in fp8 alone run on older GPUs too. */
function formatOf({ words, env }: Container): string | undefined {
  const named = optionOf(words, 'dtype', 'torch-dtype', 'mixed-precision', 'precision', 'amp-dtype');
  const variable = env.find(({ name }) => name === 'ACCELERATE_MIXED_PRECISION')?.value;
  const said = [named, variable].map((value) => /^(bf16|fp8|bfloat16)\b/.exec(value?.toLowerCase() ?? '')?.[1]);
  const format = said.find((value) => value !== undefined);
  if (format !== undefined) return format === 'bfloat16' ? 'bf16' : format;
  return ['fp8', 'bf16'].find(
    (option) => hasOption(words, option) && !/^(false|no|0)$/i.test(optionOf(words, option) ?? ''),
  );
}
