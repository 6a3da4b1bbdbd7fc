// Texts that look like secrets, by the name of the variable that holds them or by their own form.

const SECRET_NAME = /(^|_)(TOKEN|PASSWORD|PASSWD|SECRET|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)($|_)/i;
const HARMLESS_NAME = /(_FILE|_PATH|_DIR|_NAME|_ID|_URL|_LIMIT|_COUNT|_LENGTH|_SIZE|^MAX_TOKENS?|_TOKENS)$/i;
// Forms that carry their kind on their face: AWS, Hugging Face, GitHub, OpenAI and Slack tokens, JWTs, private keys, passwords in URLs.
const SECRET_VALUE =
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bhf_[A-Za-z0-9]{20,}|\bgh[pousr]_[A-Za-z0-9]{30,}|\bsk-[A-Za-z0-9_-]{20,}|\bxox[abprs]-[A-Za-z0-9-]{10,}|\beyJ[A-Za-z0-9_-]{10,500}\.eyJ[A-Za-z0-9_-]{10}|-----BEGIN [A-Z ]{0,20}PRIVATE KEY|:\/\/[^\s/:@]{1,100}:[^\s/:@]{1,100}@/;

/** Characters in which the form of a secret is looked for; none is longer before it shows. */
const LOOKED_AT = 4096;

/** Whether a text has the form of a secret. */
export function hasSecretForm(text: string): boolean {
  return SECRET_VALUE.test(text.slice(0, LOOKED_AT));
}

/** Whether the value of a variable is a secret: by its form, or by the name of the variable. */
export function isSecret(name: string, value: string): boolean {
  if (hasSecretForm(value)) return true;
  return SECRET_NAME.test(name) && !HARMLESS_NAME.test(name) && !value.startsWith('/') && !value.includes('$(');
}
