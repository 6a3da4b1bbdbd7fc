import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folder of the repository; this file runs from its source and, compiled, from `build/`. */
export const ROOT = above(__dirname);

/** One folder for each Go module. */
export const MODULES = join(ROOT, 'test', 'cluster', 'modules');

/** Plain JavaScript that Node starts without a compiler. */
export const KEEPER_PROCESS = join(ROOT, 'test', 'cluster', 'ring', 'process', 'keeper-process.js');

function above(folder: string): string {
  return existsSync(join(folder, 'package-lock.json')) ? folder : above(dirname(folder));
}
