import { isPlaceholder, isSecret, secretIn } from 'cdk8s-ml/floor/kinds/secret-text';
import { wordsOf } from './container';
import type { Field } from './field';

/** Whether a text has the form of a secret, and is none of the kind that documentation shows. */
export function showsSecret(text: string): boolean {
  const found = secretIn(text);
  return found !== undefined && !isPlaceholder(found);
}

/** Whether the value that something of a name has is a secret. Names may be those of options and of keys in a map. */
export function holdsSecret(name: string, value: string): boolean {
  if (showsSecret(value)) return true;
  const plain = name
    .slice(name.lastIndexOf('.') + 1)
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_');
  return value.trim() !== '' && !isPlaceholder(value) && isSecret(plain, value);
}

const OPTION = /^--?([A-Za-z][\w.-]{0,60})(?:=(.*))?$/s;
const ASSIGNMENT = /^([A-Z][A-Z0-9_]{0,60})=(.+)$/s;

/** The members of command lines that show a secret: by its form, as the value of an option, or given to a variable. */
export function spokenSecrets(lines: readonly Field[]): Field[] {
  const words = lines.flatMap((field) => wordsOf(field.text ?? '').map((text) => ({ field, text })));
  const spoken = words.flatMap(({ field, text }, index) => {
    const [, variable, given] = ASSIGNMENT.exec(text) ?? [];
    if (variable !== undefined) return holdsSecret(variable, unquoted(given)) ? [field] : [];
    const [, option, value] = OPTION.exec(text) ?? [];
    // `--secret` and the like mostly name a Secret.
    if (option === undefined || /(^|[-_.])(secret|credentials?)$/i.test(option)) return [];
    const following = words[index + 1];
    if (value !== undefined) return holdsSecret(option, unquoted(value)) ? [field] : [];
    return following !== undefined && !/^[-;&|]/.test(following.text) && holdsSecret(option, following.text)
      ? [following.field]
      : [];
  });
  return [...new Set([...lines.filter(({ text = '' }) => showsSecret(text)), ...spoken])];
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2');
}
