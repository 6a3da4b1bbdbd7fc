import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const TORCHSERVE = /(^|\/)(torchserve|torchserve-kfs|pytorch-serve)([:@-]|$)/;

export const torchserveIsOver: Rule<Scope.CONTAINER> = {
  name: 'torchserve-is-over',
  group: Group.SERVING,
  facts: ['ML-SERVE-014'],
  scope: Scope.CONTAINER,
  why: 'TorchServe is no longer maintained, and its holes stay open. https://github.com/pytorch/serve',
  fix: 'Take Triton, vLLM or a server of your own.',
  check: ({ field, image, part }) => {
    const runtime = field.at('runtime');
    if (runtime.text === 'kserve-torchserve')
      return [warning(runtime, 'runs TorchServe, which nobody maintains any more.')];
    return part === 'main' && TORCHSERVE.test(image ?? '')
      ? [warning(field.at('image'), 'runs TorchServe, which nobody maintains any more.')]
      : [];
  },
};
