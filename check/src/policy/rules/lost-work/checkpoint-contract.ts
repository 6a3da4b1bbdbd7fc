import type { Container } from '../../../inventory/container';
import { wordsOf } from '../../../inventory/container';
import type { Field } from '../../../inventory/field';

// Where a run says that it saves: variables, options, volumes, annotations. Programs may save without a word about it.

/** A place where a container says that it saves. */
export interface SavePlace {
  readonly container: Container;
  /** What says it. */
  readonly field: Field;
  /** How it is said, such as `CHECKPOINT_DIR` or `--output`. */
  readonly by: string;
  /** Whether it is for the state of a run on its way, or for its result. */
  readonly kind: 'checkpoint' | 'output';
  /** The path or URL as written. */
  readonly written: string;
}

const WHERE = '(dir|directory|path|root|folder|location|uri|url)';
const CHECKPOINT_OPTION = new RegExp(
  `^((save-)?(checkpoints?|ckpts?)(-(save|out|output|base))?(-${WHERE})?|save(-${WHERE})?|default-root-dir)$`,
);
const OUTPUT_OPTION = new RegExp(`^((model-)?outputs?(-(model|file))?(-${WHERE})?|out-${WHERE}|save-model-${WHERE})$`);
const CHECKPOINT_VARIABLE = new RegExp(
  `(^|_)(CHECKPOINTS?|CKPTS?)(_(SAVE|OUT|OUTPUT|BASE))?(_${WHERE.toUpperCase()})?$`,
);
const OUTPUT_VARIABLE = new RegExp(`(^|_)(OUTPUTS?|SAVE|SAVE_MODEL)_${WHERE.toUpperCase()}$`);
/** What a run starts from, and does not write. */
const READ = /^(init|initial|load|pretrained|resume|restore|base|from|input|source)[-_]|[-_](input|in)([-_]|$)/i;
const WEIGHTS_FILE = /\.(pt|pth|ckpt|bin|safetensors|h5|pkl|onnx|gguf|nemo)$/i;

/** Where a run looks for its own state when it is started again. */
const RESUME_OPTION = /^(auto-)?resume(-from)?(-(checkpoint|ckpt))?(-(path|dir|file))?$/;
const STATE = /checkpoint|ckpt/i;

/** More than any program has; what is beyond them is made up. */
const MOST_PLACES = 64;

const memo = new WeakMap<Container, SavePlace[]>();

/** Where a container says that it saves, each path once. */
export function savePlaces(container: Container): readonly SavePlace[] {
  let places = memo.get(container);
  if (!places) memo.set(container, (places = placesOf(container)));
  return places;
}

function placesOf(container: Container): SavePlace[] {
  const seen = new Set<string>();
  const said = [...saidByVariables(container), ...saidByOptions(container)].slice(0, MOST_PLACES);
  return said.filter(({ written }) => {
    const path = expanded(written, container);
    return !seen.has(path) && seen.add(path);
  });
}

function saidByVariables(container: Container): SavePlace[] {
  return container.env.flatMap(({ field, name, value }) => {
    const kind = CHECKPOINT_VARIABLE.test(name) ? 'checkpoint' : OUTPUT_VARIABLE.test(name) ? 'output' : undefined;
    if (kind === undefined || value === undefined || !isPath(value, name) || READ.test(name)) return [];
    return WEIGHTS_FILE.test(value) ? [] : [{ container, field: field.at('value'), by: name, kind, written: value }];
  });
}

interface Word {
  readonly word: string;
  readonly field: Field;
}

/** The words of what a container starts, and where each stands. */
function placedWords(container: Container): Word[] {
  const { resource } = container.pod.workload;
  const entrypoint = resource.at('spec', 'entrypoint');
  const ofRay = resource.kind === 'RayJob' && container.pod.role.name === 'head' ? [entrypoint] : [];
  const texts = [...container.field.at('command').items, ...container.field.at('args').items];
  return [...texts, container.field.at('source'), ...ofRay].flatMap((field) =>
    wordsOf(field.text ?? '').map((word) => ({ word, field })),
  );
}

function saidByOptions(container: Container): SavePlace[] {
  return optionsOf(container).flatMap(({ name, ...option }): SavePlace[] => {
    const kind = CHECKPOINT_OPTION.test(name) ? 'checkpoint' : OUTPUT_OPTION.test(name) ? 'output' : undefined;
    if (kind === undefined || !isPath(option.written, name) || WEIGHTS_FILE.test(option.written)) return [];
    return [{ container, kind, ...option }];
  });
}

/** Where a container that does not say where it saves resumes from, as far as its name says that it is state of a run. */
export function resumePlaces(container: Container): readonly SavePlace[] {
  if (savePlaces(container).some(({ kind }) => kind === 'checkpoint')) return [];
  return optionsOf(container).flatMap(({ name, ...option }): SavePlace[] =>
    RESUME_OPTION.test(name) && option.written.startsWith('/') && STATE.test(option.written)
      ? [{ container, kind: 'checkpoint', ...option }]
      : [],
  );
}

/** The options of what a container starts, by name without hyphens at the front, and the value as written. */
function optionsOf(container: Container): { name: string; field: Field; by: string; written: string }[] {
  const words = placedWords(container);
  return words.flatMap(({ word, field }, index) => {
    const said = /^(--?)?([A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(word);
    const next = words[index + 1];
    if (!said || word.length > 4096 || (said[1] === undefined && said[3] === undefined)) return [];
    const name = said[2].replace(/^.*\./, '').replaceAll('_', '-').toLowerCase();
    const written = (said[3] ?? next?.word ?? '').replace(/^(["'])(.*)\1$/s, '$2');
    const place = said[3] === undefined ? next?.field : field;
    return place === undefined ? [] : [{ name, field: place, by: `${said[1] ?? ''}${said[2]}`, written }];
  });
}

const NAMES_PATH = new RegExp(`${WHERE}$`, 'i');

/** Whether a value is a path or URL and not a format, a number or another option. */
function isPath(value: string, name: string): boolean {
  if (value === '' || value.startsWith('-') || /\s/.test(value) || /^(true|false|yes|no|none|auto|\d+)$/i.test(value))
    return false;
  return /[/$]/.test(value) || NAMES_PATH.test(name);
}

const UNKNOWN = '*';

/** A text with the variables of a container put in, and a star for what is not known. */
export function expanded(text: string, container: Container, depth = 0): string {
  const filled = text.replace(/\{\{[^{}]*\}\}|filled-in-later/g, UNKNOWN);
  return filled.replace(/\$\(([^()]*)\)|\$\{([A-Za-z_]\w*)[^{}]*\}|\$([A-Za-z_]\w*)/g, (_, ...names: string[]) => {
    const value = container.variable(names.slice(0, 3).find((name) => name !== undefined) ?? '')?.value;
    return value === undefined || depth > 4 ? UNKNOWN : expanded(value, container, depth + 1);
  });
}
