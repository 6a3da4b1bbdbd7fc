import { parseAllDocuments } from 'yaml';
import type { Manifest } from './manifest';

const texts = new WeakMap<Manifest, string>();

/**
 * The manifests of a YAML text.
 *
 * The text of each is kept and sent to the server as it stands, so that the server's own reading of the YAML decides
 * (`n`, `0o17` or a repeated key mean to it what they mean there), and not that of a JavaScript package.
 */
export function readManifests(yaml: string): Manifest[] {
  const documents = parseAllDocuments(yaml, { version: '1.1', uniqueKeys: false, logLevel: 'silent' });
  return [...documents].flatMap((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    const manifest = document.toJS() as Manifest | null;
    if (manifest === null) return [];
    texts.set(manifest, yaml.slice(document.range[0], document.range[2]));
    return [manifest];
  });
}

/** What is sent for a manifest: the text it was read from, else JSON. */
export function textOf(manifest: Manifest): string {
  return texts.get(manifest) ?? JSON.stringify(manifest);
}

/** Whether that is YAML; JSON is hardly any, with keys of more than 1024 characters for one. */
export function isYaml(manifest: Manifest): boolean {
  return texts.has(manifest);
}
