import { codePointAt } from './text';

// Grammars of names as the API server checks them; each function says in words what is wrong, or nothing.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** An RFC 1123 label: lower-case letters, digits and `-`, at most `limit` characters. */
export function dnsLabelProblem(name: string, limit = 63): string | undefined {
  return (
    lengthProblem(name, limit) ??
    (LABEL.test(name)
      ? undefined
      : `must consist of lower-case letters, digits and '-', and start and end with a letter or digit${oddOne(name)}`)
  );
}

/** An RFC 1035 label, as Services and most operators want it: as above, and starting with a letter. */
export function dns1035LabelProblem(name: string, limit = 63): string | undefined {
  return dnsLabelProblem(name, limit) ?? (LABEL_1035.test(name) ? undefined : 'must start with a letter');
}

/** An RFC 1123 subdomain: labels joined by dots. */
export function dnsSubdomainProblem(name: string, limit = 253): string | undefined {
  const tooLong = lengthProblem(name, limit);
  if (tooLong !== undefined) return tooLong;
  const good = name.split('.').every((label) => LABEL.test(label));
  return good
    ? undefined
    : `must consist of lower-case letters, digits, '-' and '.', and start and end with a letter or digit${oddOne(name)}`;
}

/** A label or annotation key: an optional DNS prefix and a name of at most 63 characters. */
export function labelKeyProblem(key: string): string | undefined {
  const parts = key.split('/');
  if (parts.length > 2) return "must have at most one '/'";
  const name = parts[parts.length - 1];
  if (parts.length === 2) {
    const prefix = dnsSubdomainProblem(parts[0]);
    if (prefix !== undefined) return `prefix '${parts[0].slice(0, 63)}' ${prefix}`;
  }
  return (
    lengthProblem(name, 63) ??
    (QUALIFIED.test(name)
      ? undefined
      : `must consist of letters, digits, '-', '_' and '.', and start and end with a letter or digit${oddOne(name)}`)
  );
}

/** A label value: empty, or at most 63 letters, digits, `-`, `_` and `.`. */
export function labelValueProblem(value: string): string | undefined {
  if (value === '') return undefined;
  return (
    lengthProblem(value, 63) ??
    (QUALIFIED.test(value)
      ? undefined
      : `must consist of letters, digits, '-', '_' and '.', and start and end with a letter or digit${oddOne(value)}`)
  );
}

function lengthProblem(name: string, limit: number): string | undefined {
  if (name === '') return 'must not be empty';
  return name.length > limit ? `must be no more than ${limit} characters, and has ${name.length}` : undefined;
}

/** Names the first character beyond ASCII, which a reader may not see. */
function oddOne(name: string): string {
  const index = name.search(/[^\x20-\x7e]/);
  return index < 0 ? '' : ` (character ${index + 1} is ${codePointAt(name, index)})`;
}
