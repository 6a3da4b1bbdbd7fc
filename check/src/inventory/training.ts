import type { Container } from './container';
import { wordsOf } from './container';
import type { PodFacts } from './pod';
import type { Workload } from './workload';
import { Nature } from './workload';

// What a run does, as far as its kind, its names and what it starts tell.

/** Groups whose run kinds are made for training. */
const TRAINING_GROUPS: ReadonlySet<string> = new Set(['kubeflow.org', 'trainer.kubeflow.org']);

const TRAINS =
  /(^|[^a-z])(re|pre)?train(s|er|ers|ing)?([^a-z]|$)|train\.py|fine[-_]?tun|torchrun|deepspeed|horovod|torch[./]distributed|megatron|axolotl|llama[-_]?factory|(^|[^a-z])(sft|lora|qlora|dpo|rlhf|grpo|ppo|mnist|cifar10|imagenet)([^a-z]|$)/;
const OTHER_WORK =
  /nvidia-smi|cuda\.is_available\(\)|list_physical_devices\(|vector-?_?add|cuda[-_]?sample|nccl[-_]?tests?|(all_reduce|all_gather|alltoall|sendrecv)_perf|gpu[-_]?burn|dcgm|bench(mark|marks|marking)?([^a-z]|$)|(smoke|gpu|cuda|load|health|connectivity)[-_]?(test|check)|stress|(^|[^a-z])(infer|inference|predict(or|ion|ions)?|serv(e|er|ing)|vllm|generat(e|ion)|eval(uat(e|or|ion))?|embed(der|ding|dings)?|download(er)?|quantiz(e|ation)|convert(er)?|preprocess(ing|or)?|prepare|prep|export|upload(er)?|deploy|notebook|jupyter|pytest)([^a-z]|$)/;

/** Sets of data that a laptop learns within minutes. */
const TOY = /(^|[^a-z])(fashion[-_]?)?(mnist|cifar[-_]?10|iris)([^a-z0-9]|$)/;

const LONGEST = 16384;

/** Whether the pods of a run train a model, by their kind or by what they start. */
export function trains(pod: PodFacts): boolean {
  return work(pod) === 'training';
}

/** Whether the pods of a run do something that takes long and has a result: training, or what accelerators are used for unless it is known to be something else. */
export function makesResult(pod: PodFacts): boolean {
  const known = work(pod);
  return known === 'training' || (known === undefined && pod.deviceCount > 0);
}

/** Whether what the pods of a run learn from is so small that it takes minutes. */
export function isToy(pod: PodFacts): boolean {
  return TOY.test([pod.workload.resource.name, ...pod.containers.flatMap(programsOf)].join('\n').toLowerCase());
}

/** Whether some pods of a run train a model. */
export function isTraining(workload: Workload): boolean {
  return workload.pods.some(trains);
}

const memo = new WeakMap<PodFacts, { readonly is: 'training' | 'other' | undefined }>();

function work(pod: PodFacts): 'training' | 'other' | undefined {
  let known = memo.get(pod);
  if (!known) memo.set(pod, (known = { is: judge(pod) }));
  return known.is;
}

function judge(pod: PodFacts): 'training' | 'other' | undefined {
  const { resource, nature } = pod.workload;
  if (nature !== Nature.RUN) return 'other';
  const programs = pod.containers.flatMap(programsOf);
  if (resource.kind === 'RayJob') programs.push(...programWords(wordsOf(resource.at('spec', 'entrypoint').text ?? '')));
  const started = programs.join('\n').toLowerCase().slice(0, LONGEST);
  // What is started says more than names do.
  if (TRAINS.test(started)) return OTHER_WORK.test(started) && !/train/.test(started) ? 'other' : 'training';
  if (OTHER_WORK.test(started)) return 'other';
  const names = [
    resource.name,
    pod.role.name,
    ...pod.containers.flatMap(({ name, image }) => [name, imageName(image)]),
  ];
  const named = names.join('\n').toLowerCase().slice(0, LONGEST);
  if (OTHER_WORK.test(named)) return 'other';
  return TRAINING_GROUPS.has(resource.group) || TRAINS.test(named) ? 'training' : undefined;
}

/** Without registry and tag, which often have other words in them. */
function imageName(image: string | undefined): string {
  return (image ?? '').replace(/@.*$/, '').replace(/^.*\//, '').replace(/:.*$/, '');
}

function programsOf(container: Container): string[] {
  return programWords(container.words);
}

/** The words of a command line that are no options, and no values of options. */
function programWords(words: readonly string[]): string[] {
  return words.filter((word, index) => {
    if (word.startsWith('-') || word.length > 200) return false;
    const before = words[index - 1] ?? '';
    return !/^--?[A-Za-z]/.test(before) || before.includes('=') || /^-[a-z]*[mcueo]$/.test(before);
  });
}
