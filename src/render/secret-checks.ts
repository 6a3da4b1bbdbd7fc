import type { Problem } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { PLAIN_SECRET } from '../kinds/diagnostics';
import type { ContainerDescription } from './pod-description';

const SECRET_NAME = /(^|_)(TOKEN|PASSWORD|PASSWD|SECRET|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)($|_)/i;
const HARMLESS_NAME = /(_FILE|_PATH|_DIR|_NAME|_ID|_URL|_LIMIT|_COUNT|_LENGTH|_SIZE|^MAX_TOKENS?|_TOKENS)$/i;
// Forms that carry their kind on their face: AWS, Hugging Face, GitHub, OpenAI and Slack tokens, JWTs, private keys, passwords in URLs.
const SECRET_VALUE =
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bhf_[A-Za-z0-9]{20,}|\bgh[pousr]_[A-Za-z0-9]{30,}|\bsk-[A-Za-z0-9_-]{20,}|\bxox[abprs]-[A-Za-z0-9-]{10,}|\beyJ[A-Za-z0-9_-]{10,500}\.eyJ[A-Za-z0-9_-]{10}|-----BEGIN [A-Z ]{0,20}PRIVATE KEY|:\/\/[^\s/:@]{1,100}:[^\s/:@]{1,100}@/;

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
    ...words.filter(([, text]) => SECRET_VALUE.test(text.slice(0, 4096))).map(([property]) => found(place + property)),
  ];
}

/** A value as messages may show it. */
export function showUnlessSecret(name: string, value: string): string {
  return isSecret(name, value) ? '(hidden)' : show(value);
}

function isSecret(name: string, value: string): boolean {
  if (SECRET_VALUE.test(value.slice(0, 4096))) return true;
  return SECRET_NAME.test(name) && !HARMLESS_NAME.test(name) && !value.startsWith('/') && !value.includes('$(');
}
