import { type Device, devicesIn } from './device';
import type { Field } from './field';
import { once } from './once';
import type { PodFacts } from './pod';
import type { Volume } from './volume';

/** A variable of a container's environment. */
export interface EnvVariable {
  readonly field: Field;
  readonly name: string;
  /** Its text; undefined when it comes from elsewhere or is no text. */
  readonly value?: string;
}

/** A volume as a container sees it. */
export interface Mount {
  readonly field: Field;
  /** Absolute path without a slash at its end; empty for the root. */
  readonly path: string;
  /** Name of the volume. */
  readonly volumeName?: string;
  /** The volume; undefined when the pod has none of that name. */
  readonly volume?: Volume;
  readonly readOnly: boolean;
}

/** What a container asks for of one resource, in nano-units; undefined when it does not. */
export interface Amounts {
  readonly request?: bigint;
  readonly limit?: bigint;
}

/** An amount of a resource where it stands. */
export interface Asked {
  readonly part: 'requests' | 'limits';
  readonly resource: string;
  readonly field: Field;
}

/** When a container of a pod runs. */
export type ContainerPart = 'main' | 'init' | 'sidecar';

/** A container of a pod. */
export class Container {
  constructor(
    /** Where it stands. */
    public readonly field: Field,
    public readonly pod: PodFacts,
    public readonly part: ContainerPart,
    /** Name of the key that holds its resources; kinds that wrap a container have others. */
    private readonly resourcesKey: string = 'resources',
  ) {}

  public get name(): string {
    return this.field.at('name').text ?? '';
  }

  public get image(): string | undefined {
    return this.field.at('image').text;
  }

  /** Where its requests and limits stand. */
  @once
  public get resources(): Field {
    return this.field.at(this.resourcesKey);
  }

  @once
  public get command(): readonly string[] {
    return this.field.at('command').texts;
  }

  @once
  public get args(): readonly string[] {
    return this.field.at('args').texts;
  }

  /** Command and arguments, one after the other; those of shell scripts split into words. */
  @once
  public get words(): readonly string[] {
    return [...this.command, ...this.args, this.field.at('source').text ?? ''].flatMap(wordsOf);
  }

  @once
  public get env(): readonly EnvVariable[] {
    return this.field.at('env').items.map((field) => ({
      field,
      name: field.at('name').text ?? '',
      value: field.at('value').text,
    }));
  }

  /** A variable by name. */
  public variable(name: string): EnvVariable | undefined {
    return this.env.findLast((each) => each.name === name);
  }

  @once
  public get mounts(): readonly Mount[] {
    return this.field.at('volumeMounts').items.map((field) => {
      const volumeName = field.at('name').text;
      return {
        field,
        path: normalPath(field.at('mountPath').text ?? ''),
        volumeName,
        volume: this.pod.volumes.find(({ name }) => name === volumeName),
        readOnly: field.at('readOnly').boolean ?? false,
      };
    });
  }

  /** The mount that holds a path: the deepest one above it. */
  public mountOf(path: string): Mount | undefined {
    const wanted = normalPath(path);
    const above = this.mounts.filter((mount) => wanted === mount.path || wanted.startsWith(`${mount.path}/`));
    return above.sort((a, b) => b.path.length - a.path.length)[0];
  }

  /** What it asks for of a resource. A limit without a request is a request as well. */
  public amounts(resource: string): Amounts {
    const limit = this.resources.at('limits', resource).quantity;
    return { request: this.resources.at('requests', resource).quantity ?? limit, limit };
  }

  /** Every amount that stands in its requests and limits. */
  @once
  public get asked(): readonly Asked[] {
    return (['requests', 'limits'] as const).flatMap((part) =>
      this.resources.at(part).entries.map(([resource, field]) => ({ part, resource, field })),
    );
  }

  /** Accelerators that it asks for. */
  @once
  public get devices(): readonly Device[] {
    return devicesIn(this.resources);
  }
}

/** A path without empty and dot segments and without a slash at its end. */
export function normalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.length === 0 ? '' : `/${segments.join('/')}`;
}

const LONGEST_SCRIPT = 65536;

/** The words of a command line; quotes around a word go, and the rest of shell syntax stays as it is. */
export function wordsOf(line: string): string[] {
  if (!/\s/.test(line)) return line === '' ? [] : [line];
  const uncommented = line
    .slice(0, LONGEST_SCRIPT)
    .replace(/(^|\n)[^\S\n]*#[^\n]*/g, '$1')
    .replaceAll('\\\n', ' ');
  return (uncommented.match(WORD) ?? []).map((word) => word.replace(/^(["'])(.*)\1$/s, '$2'));
}

/** A text in quotes, a name with a value in quotes, anything else up to a space, or what a shell joins commands by. */
const WORD = /"[^"]*"|'[^']*'|[^\s"';&|]+?=(?:"[^"]*"|'[^']*')|[^\s"';&|]+|[;&|]+/g;

/** The value of an option of a command line: `--name value` or `--name=value`, with one or two hyphens, `_` and `-` alike. */
export function optionOf(words: readonly string[], ...names: string[]): string | undefined {
  const wanted = new Set(names.map(optionName));
  for (const [index, word] of words.entries()) {
    if (!word.startsWith('-')) continue;
    const equals = word.indexOf('=');
    if (!wanted.has(optionName(equals < 0 ? word : word.slice(0, equals)))) continue;
    if (equals >= 0) return word.slice(equals + 1).replace(/^(["'])(.*)\1$/s, '$2');
    const next = words[index + 1];
    return next === undefined || /^--?[A-Za-z]/.test(next) ? undefined : next;
  }
  return undefined;
}

/** Whether a command line has an option, with or without a value. */
export function hasOption(words: readonly string[], ...names: string[]): boolean {
  const wanted = new Set(names.map(optionName));
  return words.some((word) => word.startsWith('-') && wanted.has(optionName(word.split('=', 1)[0])));
}

function optionName(word: string): string {
  return word.replace(/^-+/, '').replaceAll('_', '-');
}
