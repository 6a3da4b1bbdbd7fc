import { hasOption, optionOf } from '../../../inventory/container';
import { isModelServer } from '../../../inventory/model-server';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** A repository of the hub: an owner and a name. */
const REPOSITORY = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/;

export const modelWithoutRevision: Rule<Scope.CONTAINER> = {
  name: 'model-without-revision',
  group: Group.SECURITY,
  facts: ['ML-SEC-008'],
  scope: Scope.CONTAINER,
  why: 'What is loaded changes when the owner of the model pushes. https://huggingface.co/docs/huggingface_hub/guides/download#download-from-a-specific-version',
  fix: 'Give the commit of the model as --revision.',
  props: 'Give revision to ModelSource.huggingFace(...).',
  check: (container) => {
    const { field, words, pod, part } = container;
    if (part !== 'main' || !isModelServer(pod.workload)) return [];
    const model = optionOf(words, '--model', '--model-id', '--model-path') ?? servedBy(words);
    if (model === undefined || !REPOSITORY.test(model) || hasOption(words, '--revision')) return [];
    const place = [...field.at('args').items, ...field.at('command').items].find(({ text = '' }) =>
      text.includes(model),
    );
    return [warning(place ?? field.at('args'), `loads ${model} without a revision.`)];
  },
};

/** The model of `vllm serve <model>`. */
function servedBy(words: readonly string[]): string | undefined {
  const serve = words.indexOf('serve');
  return serve > 0 && /(^|\/)vllm$/.test(words[serve - 1]) ? words[serve + 1] : undefined;
}
