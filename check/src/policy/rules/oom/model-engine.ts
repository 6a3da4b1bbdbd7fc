import type { Container } from '../../../inventory/container';
import { optionOf } from '../../../inventory/container';

/** Programs that serve large models over several GPUs. */
export type Engine = 'vllm' | 'sglang' | 'tgi' | 'lmdeploy' | 'kserve';

const ENGINES: readonly (readonly [pattern: RegExp, engine: Engine])[] = [
  [/vllm/, 'vllm'],
  [/sglang/, 'sglang'],
  [/text-generation-(inference|launcher)/, 'tgi'],
  [/lmdeploy/, 'lmdeploy'],
  [/huggingface-?server/, 'kserve'],
];

/** The engine that a container runs, by what it starts or by its image; undefined for others. */
export function engineOf({ words, image, field }: Container): Engine | undefined {
  const started = words
    .slice(0, 64)
    .filter((word) => !word.startsWith('-'))
    .join(' ')
    .toLowerCase();
  const format = field.at('modelFormat', 'name').text === 'huggingface' ? 'huggingfaceserver' : '';
  const text = `${started} ${(image ?? '').toLowerCase()} ${format}`;
  return ENGINES.find(([pattern]) => pattern.test(text))?.[1];
}

/** A number that a container gives to an option; undefined when it gives none, NaN when it cannot be read. */
export function numberOption({ words }: Container, ...names: string[]): number | undefined {
  const value = optionOf(words, ...names);
  if (value === undefined) return undefined;
  return /^\d+(\.\d*)?$|^\.\d+$/.test(value) ? Number(value) : NaN;
}
