// Texts that look like secrets, by the name of the variable that holds them or by their own form.

/** Names whose last words say that the value is a secret; what follows a secret, as in TOKEN_FILE, makes it another thing. */
const SECRET_NAME =
  /(^|_)([A-Z0-9]*PASSWORD|PASSWD|PASSPHRASE|(ADMIN|DB|DEFAULT|MYSQL|POSTGRES|REDIS|ROOT|SMTP|USER)_PASS|TOKEN|SECRET|CREDENTIALS?|(ACCESS|ACCOUNT|API|AUTH|ENCRYPTION|MASTER|PRIVATE|SECRET|SIGNING|STORAGE)_?KEY)(_?(\d{1,3}|BASE|BASE64|B64|VALUE|PLAIN))?$/i;
/** Tokens of texts, names of Secrets, and switches. */
const HARMLESS_NAME =
  /(^|_)((BATCH|BOS|CLASS|CLS|CLUSTER|END|EOS|IMAGE|IMPLICIT|INITIALIZER|MASK|MAX|MIN|NEW|NEXT|PAD|PER|PLACEHOLDER|SEP|SPECIAL|START|STOP|TRIGGER|UNK)_TOKEN|(PULL|TLS|CERT|CERTIFICATE|SSL)_SECRET)$|^(IS|HAS|USE|ALLOW|DISABLE|ENABLE|REQUIRE|SKIP|NO)_/i;
/** Where a secret is kept rather than the secret: a path, a file, a place in a vault, a variable. */
const REFERENCE =
  /^[/.]|\$\(|\.(json|ya?ml|txt|pem|key|crt)$|^(vault|arn|sm|ssm|secretref|kms|file):|^[a-z][a-z0-9+.-]{0,30}:\/\/[^@]*$/i;

// Forms that carry their kind on their face: AWS, Hugging Face, GitHub, GitLab, Google, NVIDIA, OpenAI and Slack tokens, keys of Azure, JWTs,
// private keys, passwords in URLs.
const SECRET_FORM =
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bhf_[A-Za-z0-9]{20,}|\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{30,}|\bglpat-[\w-]{20,}|\bAIza[\w-]{35}|\bnvapi-[\w-]{20,}|\bsk-(?:[a-z]{2,10}-)?(?:[a-z]{3}\d\d-)?\w{20,}|\bxox[abprs]-[A-Za-z0-9-]{10,}|\beyJ[\w-]{10,500}\.eyJ[\w-]{10}|\b(?:Account|SharedAccess)Key=[A-Za-z0-9+/]{20,}|-----BEGIN [A-Z ]{0,20}PRIVATE KEY|:\/\/[^\s/:@$<{%]{1,100}:[^\s/:@$<{%]{1,100}@/;

/** What stands where a secret is filled in elsewhere, or says that there is none. */
const PLACEHOLDER =
  /[{}<>`]|\$|x{6}|\*{3}|\.{3}|^(x+|\*+|your[-_ ].*|my[-_](token|key|secret|password)|.*(change[-_ ]?(me|this)|replace[-_ ]?(me|this|with)|placeholder|redacted).*|example.*|insert[-_ ].*|dummy|fake|none|nil|null|false|true|yes|no|on|off|empty|test|todo|n\/a|\d{1,3})$/i;

/** Characters in which the form of a secret is looked for: those of a long script. */
const LOOKED_AT = 65536;

/** The part of a text that has the form of a secret. */
export function secretIn(text: string): string | undefined {
  return SECRET_FORM.exec(text.slice(0, LOOKED_AT))?.[0];
}

/** Whether a text has the form of a secret. */
export function hasSecretForm(text: string): boolean {
  return secretIn(text) !== undefined;
}

/** Whether the value of a variable is a secret: by its form, or by the name of the variable. */
export function isSecret(name: string, value: string): boolean {
  if (hasSecretForm(value)) return true;
  return SECRET_NAME.test(name) && !HARMLESS_NAME.test(name) && !REFERENCE.test(value);
}

/** Whether a text only stands where a secret is filled in elsewhere. */
export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value.trim().slice(0, LOOKED_AT));
}
