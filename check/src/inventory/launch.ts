import type { Container } from './container';
import { wordsOf } from './container';
import type { Field } from './field';

/** Programs that start the processes of a distributed training. */
export type Launcher = 'torchrun' | 'accelerate' | 'deepspeed' | 'mpirun';

/** A number that a command line or variable gives, and where it stands. */
export interface Setting {
  readonly field: Field;
  /** Text of the value, with variables of the container put in. */
  readonly text: string;
  /** The number; undefined when the text is something else, such as `auto` or a variable of a shell. */
  readonly value?: number;
}

/** How a container starts the processes of a distributed training. */
export interface Launch {
  readonly launcher: Launcher;
  /** Where the launcher stands. */
  readonly field: Field;
  readonly nodes?: Setting;
  readonly processesPerNode?: Setting;
  /** Processes of all nodes together. */
  readonly processes?: Setting;
  /** Whether an option counts the processes of a node in another way, such as `--map-by ppr:8:node`. */
  readonly placesProcesses: boolean;
}

interface Word {
  readonly text: string;
  readonly field: Field;
}

const PROGRAMS: { readonly [program: string]: Launcher } = {
  torchrun: 'torchrun',
  'torch.distributed.run': 'torchrun',
  'torch.distributed.launch': 'torchrun',
  'accelerate-launch': 'accelerate',
  'accelerate.commands.launch': 'accelerate',
  deepspeed: 'deepspeed',
  mpirun: 'mpirun',
  mpiexec: 'mpirun',
  horovodrun: 'mpirun',
};

interface Options {
  readonly nodes: readonly string[];
  readonly processesPerNode: readonly string[];
  readonly processes: readonly string[];
}

const OPTIONS: { readonly [L in Launcher]: Options } = {
  torchrun: { nodes: ['nnodes'], processesPerNode: ['nproc-per-node'], processes: [] },
  accelerate: { nodes: ['num-machines'], processesPerNode: [], processes: ['num-processes'] },
  deepspeed: { nodes: ['num-nodes'], processesPerNode: ['num-gpus'], processes: [] },
  mpirun: { nodes: [], processesPerNode: ['npernode', 'ppn', 'N'], processes: ['np', 'n'] },
};

const PLACING = /^--?(map-by|npernode|npersocket|ppn|N|H|host|hosts|hostfile|machinefile|rf|rankfile|oversubscribe)$/;

/** How a container starts its processes, one entry for each launcher in its command. */
export function launchesOf(container: Container): Launch[] {
  const words = [...listed(container.field.at('command')), ...listed(container.field.at('args'))].concat(
    inField(container.field.at('source')),
  );
  return words.flatMap(({ field }, index) => {
    const launcher = launcherAt(words, index);
    if (launcher === undefined) return [];
    const own = untilProgram(words.slice(index + 1));
    const find = (names: readonly string[]): Setting | undefined => settingIn(container, own, names);
    const { nodes, processesPerNode, processes } = OPTIONS[launcher];
    return [
      {
        launcher,
        field,
        nodes: find(nodes),
        processesPerNode: find(processesPerNode),
        processes: find(processes),
        placesProcesses: own.some(({ text }) => PLACING.test(text.split('=', 1)[0])),
      },
    ];
  });
}

function listed(list: Field): Word[] {
  return list.items.flatMap(inField);
}

function inField(field: Field): Word[] {
  return field.text === undefined ? [] : wordsOf(field.text).map((text) => ({ text, field }));
}

function launcherAt(words: readonly Word[], index: number): Launcher | undefined {
  const program = words[index].text.slice(words[index].text.lastIndexOf('/') + 1);
  const next = words[index + 1]?.text ?? '';
  if (program === 'launch' && /(^|\/)accelerate$/.test(words[index - 1]?.text ?? '')) return 'accelerate';
  if (program === 'deepspeed' && !/^-|\.py$|^\$/.test(next)) return undefined; // the name of the package
  if (!Object.hasOwn(PROGRAMS, program) || words[index - 1]?.text === 'install') return undefined;
  return PROGRAMS[program];
}

/** The options of the launcher itself: up to the program that it starts. */
function untilProgram(words: readonly Word[]): readonly Word[] {
  const end = words.findIndex(({ text }) => /\.(py|sh)$|^(-m|--module|python3?|bash|sh|&&|;|\|\|?)$/.test(text));
  return end < 0 ? words : words.slice(0, end);
}

function settingIn(container: Container, words: readonly Word[], names: readonly string[]): Setting | undefined {
  for (const [index, { text, field }] of words.entries()) {
    const [option, ...rest] = text.split('=');
    if (!option.startsWith('-') || !names.includes(option.replace(/^-+/, '').replaceAll('_', '-'))) continue;
    const value = rest.length > 0 ? { text: rest.join('='), field } : words[index + 1];
    return value && setting(value.field, valueOf(container, value.text));
  }
  return undefined;
}

/** A text with the variable that it is, where the container says its value. */
function valueOf(container: Container, text: string): string {
  const plain = text.replace(/^(["'])(.*)\1$/s, '$2');
  const [, variable] = /^\$[({]?([A-Za-z_]\w*)[)}]?$/.exec(plain) ?? [];
  return variable === undefined ? plain : (container.variable(variable)?.value ?? plain);
}

function setting(field: Field, text: string): Setting {
  return { field, text, value: /^\d{1,9}$/.test(text) ? Number(text) : undefined };
}

/** The first of some variables that a container sets to a text of its own. */
export function variableSetting(container: Container, ...names: readonly string[]): Setting | undefined {
  const found = names.map((name) => container.variable(name)).find((each) => each?.value !== undefined);
  return found && setting(found.field.at('value'), found.value!);
}

/** A number or text of a field. */
export function fieldSetting(field: Field | undefined): Setting | undefined {
  if (!field?.exists) return undefined;
  return setting(field, field.text ?? (field.integer === undefined ? '' : String(field.integer)));
}
