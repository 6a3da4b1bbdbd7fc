import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadingProblem } from './document';
import { ManifestDocument } from './document';
import { splitDocuments } from './split-documents';

/** A file's text, or why there is none. */
export interface Source {
  /** File as messages name it, or `-` for standard input. */
  readonly file: string;
  readonly documents: readonly ManifestDocument[];
  /** Why it could not be read. */
  readonly problem?: ReadingProblem;
}

/** What standard input is called. */
export const STANDARD_INPUT = '-';

const MANIFEST = /\.(ya?ml|json)$/i;
/** Files of tools, which lie beside manifests. */
const OF_TOOLS: ReadonlySet<string> = new Set([
  'cdk8s.yaml',
  'cdk8s-ml-check.yaml',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]);

/** Files below the paths: a file whatever its name, of a folder and the folders in it those that end in .yaml, .yml or .json. */
export function manifestFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (path === STANDARD_INPUT || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
    return filesBelow(path);
  });
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isIgnored(entry.name) ? [] : filesBelow(path);
    return MANIFEST.test(entry.name) && !OF_TOOLS.has(entry.name) ? [path] : [];
  });
}

/** Folders of tools, which hold no manifests. */
function isIgnored(folder: string): boolean {
  return folder === 'node_modules' || folder.startsWith('.');
}

/** Reads a file; `-` is standard input. */
export function readSource(file: string): Source {
  try {
    return sourceOf(file, readFileSync(file === STANDARD_INPUT ? 0 : file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `cannot be read: ${code === 'ENOENT' ? 'there is no such file or folder' : (error as Error).message}`;
    return { file, documents: [], problem: { trouble: 'unreadable-file', line: 1, message } };
  }
}

/** The documents of a file's content. */
export function sourceOf(file: string, content: Buffer | string): Source {
  const text = typeof content === 'string' ? content : decode(content);
  if (text === undefined) {
    const message = 'is not UTF-8, the only encoding that Kubernetes tools read';
    return { file, documents: [], problem: { trouble: 'not-utf8', line: 1, message } };
  }
  if (file === STANDARD_INPUT && text.trim() === '') {
    // What failed before the pipe must not look like nothing found.
    const message = 'is empty: the command before the pipe wrote nothing';
    return { file, documents: [], problem: { trouble: 'unreadable-file', line: 1, message } };
  }
  const documents = splitDocuments(text.replace(/^\uFEFF/, '')).map(
    (part, index) => new ManifestDocument(file, index + 1, part.startLine, part.text),
  );
  return { file, documents };
}

function decode(content: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}
