import { createHash } from 'node:crypto';
import type { Finding } from '../policy/finding';

/** What a finding is about, whatever lines come before it and whatever version of the API the object has. */
export function identityOf({ rule, object, path, file }: Finding): string {
  if (!object) return [rule, file.replaceAll('\\', '/').replace(/^\.\//, ''), path].join(' ');
  const { apiVersion, kind, namespace = '', name } = object;
  const group = apiVersion.includes('/') ? `${apiVersion.slice(0, apiVersion.indexOf('/'))}/` : '';
  return [rule, `${group}${kind}`, `${namespace}/${name}`, path].join(' ');
}

/** A short text for each finding that stays the same while the finding does; those about the same are numbered. */
export function fingerprints(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const identity = identityOf(finding);
    const number = seen.get(identity) ?? 0;
    seen.set(identity, number + 1);
    return createHash('sha256').update(`${identity} ${number}`).digest('hex').slice(0, 32);
  });
}
