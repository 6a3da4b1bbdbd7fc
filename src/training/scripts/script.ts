import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the scripts are: beside this file, or from where it is compiled to, in the sources that are packed with it. */
const FOLDERS = [__dirname, join(__dirname, '..', '..', '..', '..', 'src', 'training', 'scripts')];

/** Text of a script of ours that runs in pods. */
export function scriptText(file: string): string {
  const folder = FOLDERS.find((each) => existsSync(join(each, file)))!;
  return readFileSync(join(folder, file), 'utf8');
}
