import { resolve } from 'node:path';
import type { Source } from './source';
import { manifestFiles, readSource, STANDARD_INPUT } from './source';

/** How paths are read. */
export interface ReadPathsOptions {
  /** Files that are no manifests, wherever they are found. */
  readonly except?: readonly string[];
  /** Told how many files of all are read. */
  readonly watch?: (done: number, all: number) => void;
}

/** Reads every file below the paths, each once. A path below which there is nothing to read has a problem of its own. */
export function readPaths(paths: readonly string[], { except = [], watch }: ReadPathsOptions = {}): Source[] {
  const seen = new Set(except.map((file) => resolve(file)));
  const found = paths.flatMap((path): (string | Source)[] => {
    try {
      const files = manifestFiles([path]);
      if (files.length === 0) return [unreadable(path, 'holds no file that ends in .yaml, .yml or .json')];
      return files.filter((file) => {
        const place = file === STANDARD_INPUT ? file : resolve(file);
        return !seen.has(place) && seen.add(place);
      });
    } catch (error) {
      return [unreadable(path, `cannot be read: ${(error as Error).message}`)];
    }
  });
  return found.map((each, index) => {
    watch?.(index, found.length);
    return typeof each === 'string' ? readSource(each) : each;
  });
}

function unreadable(file: string, message: string): Source {
  return { file, documents: [], problem: { trouble: 'unreadable-file', line: 1, message } };
}
