import type { Container } from '../../../inventory/container';
import type { Inventory } from '../../../inventory/inventory';
import { hasOption, optionOf } from '../../../inventory/container';
import { isMlWorkload } from '../../../inventory/ml-workload';
import { isModelServer } from '../../../inventory/model-server';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** A repository of the hub: an owner and a name. */
const REPOSITORY = /^[A-Za-z0-9][\w-]*\/[A-Za-z0-9][\w.-]*$/;
/** Directories, which look the same. */
const DIRECTORY =
  /^(models?|data|weights|checkpoints?|outputs?|mnt|tmp|app|src|configs?)\/|\.(py|json|ya?ml|gguf|bin|pt)$/i;

export const modelWithoutRevision: Rule<Scope.CONTAINER> = {
  name: 'model-without-revision',
  group: Group.SECURITY,
  facts: ['ML-SEC-008'],
  scope: Scope.CONTAINER,
  why: 'What is loaded changes when the owner of the model pushes. https://huggingface.co/docs/huggingface_hub/guides/download#download-from-a-specific-version',
  fix: 'Give the commit of the model as --revision or REVISION.',
  props: 'Give revision to ModelSource.huggingFace(...).',
  check: (container, inventory) => {
    const { field, words, env } = container;
    const model = downloadedBy(words) ?? modelOf(container, inventory);
    if (model === undefined || !REPOSITORY.test(model) || DIRECTORY.test(model) || isPinned(container)) return [];
    const lines = [...field.at('args').items, ...field.at('command').items, field.at('source')];
    const place =
      lines.find(({ text = '' }) => text.includes(model)) ??
      env.find(({ value }) => value === model)?.field.at('value') ??
      field.at('args');
    return [warning(place, `loads ${model} without a revision.`)];
  },
};

/** Branches of the hub, which move as the model does. */
const BRANCH = /^(main|master|latest)$/;

/** Whether a container says which revision it loads; a branch is none. */
function isPinned({ words, env }: Container): boolean {
  const options = ['--revision', '--model-revision'];
  if (hasOption(words, ...options)) return !BRANCH.test(optionOf(words, ...options) ?? '');
  return env.some(({ name, value }) => /REVISION$/.test(name) && !BRANCH.test(value ?? ''));
}

/** The model of `huggingface-cli download <model>`, or of `hf download`. */
function downloadedBy(words: readonly string[]): string | undefined {
  const at = words.findIndex((word, index) => word === 'download' && DOWNLOADER.test(words[index - 1] ?? ''));
  const type = optionOf(words, '--repo-type') ?? 'model';
  return at < 0 || type !== 'model' ? undefined : words[at + 1];
}

const DOWNLOADER = /(^|\/)(huggingface-cli|hf)$/;

/** The model that a container is told to load, by its command line or the variables of servers. */
function modelOf(container: Container, inventory: Inventory): string | undefined {
  const { words, part, pod } = container;
  if (part !== 'main' || !isMlWorkload(pod.workload, inventory)) return undefined;
  const serves = isModelServer(pod.workload, inventory);
  const named = serves ? ['--model', '--model-id', '--model-path'] : ['--model-id'];
  const model = optionOf(words, ...named, '--model-name-or-path', '--pretrained-model-name-or-path') ?? servedBy(words);
  if (model === undefined) {
    const variables = serves ? ['MODEL_ID', 'HF_MODEL_ID'] : ['HF_MODEL_ID'];
    return variables.map((name) => container.variable(name)?.value).find((value) => value !== undefined);
  }
  const variable = /^\$[({]?(\w+)[)}]?$/.exec(model)?.[1];
  return variable === undefined ? model : container.variable(variable)?.value;
}

/** The model of `vllm serve <model>`. */
function servedBy(words: readonly string[]): string | undefined {
  const serve = words.indexOf('serve');
  return serve > 0 && /(^|\/)vllm$/.test(words[serve - 1]) ? words[serve + 1] : undefined;
}
