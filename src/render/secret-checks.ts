import type { Problem } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { PLAIN_SECRET } from '../kinds/diagnostics';
import { hasSecretForm, isSecret } from '../kinds/secret-text';
import type { ContainerDescription } from './pod-description';

/** Secrets in plain text. Their values are never shown. */
export function secretProblems(place: string, container: ContainerDescription): Problem[] {
  const found = (property: string): Problem => ({
    rule: PLAIN_SECRET,
    property,
    value: '(hidden)',
    message: `${property} looks like a secret in plain text.`,
    fix: "Put it into a Secret and use Env.secret('name', 'key').",
  });
  const inEnv = container.env.filter(({ name, value }) => value !== undefined && value !== '' && isSecret(name, value));
  const words = [
    ...(container.command ?? []).map((text, i) => [`command[${i}]`, text]),
    ...(container.args ?? []).map((text, i) => [`args[${i}]`, text]),
  ];
  return [
    ...inEnv.map(({ name }) => found(`${place}env.${name}`)),
    ...words.filter(([, text]) => hasSecretForm(text)).map(([property]) => found(place + property)),
  ];
}

/** A value as messages may show it. */
export function showUnlessSecret(name: string, value: string): string {
  return isSecret(name, value) ? '(hidden)' : show(value);
}
