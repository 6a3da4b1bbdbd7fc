import type { Problem } from '../../core/diagnostics';
import { HIDDEN_EXIT_CODES } from '../diagnostics';
import { Preflight } from '../preflight/preflight';
import type { TrainingProps } from '../training-props';

/** What torchrun ends with when the program failed, and what shells and scripts say of a command that cannot be started. */
const OF_TORCHRUN = [1, 126, 127];
/** Above it are the ends by signals, which torchrun has as any other process. */
const LARGEST_OF_PROGRAMS = 128;

/**
 * Exit codes of the program that nobody sees, since torchrun is the process of the container and has codes of its own.
 *
 * Only where that is certain: not for a program of the image, or one that a script starts.
 */
export function hiddenExitCodeProblems({
  command,
  args = [],
  failOnExitCodes = [],
  preflight,
}: TrainingProps): Problem[] {
  if (command === undefined || !endsAsTorchrun([...command, ...args])) return [];
  const seen = [...OF_TORCHRUN, ...(preflight ? Preflight._EXIT_CODES : [])];
  const hidden = failOnExitCodes.filter((code) => code <= LARGEST_OF_PROGRAMS && !seen.includes(code));
  if (hidden.length === 0) return [];
  const codes = hidden.join(', ');
  return [
    {
      rule: HIDDEN_EXIT_CODES,
      property: 'failOnExitCodes',
      value: codes,
      message: `failOnExitCodes has ${codes}, and command is torchrun, which ends with 1 whatever its program ended with.`,
      fix: `Leave ${codes} out; or let a program of yours start torchrun and end with the code of the first process that failed (docs/training.md).`,
    },
  ];
}

const TORCHRUN = /^(\S*\/)?(torchrun|python[\d.]*( -\w)* -m torch\.distributed\.(run|launch))(\s|$)/;
const SHELL = /^(\S*\/)?(ba|da|z)?sh$/;

function endsAsTorchrun(words: readonly string[]): boolean {
  const option = words.findIndex((word) => /^-\w*c$/.test(word));
  if (!SHELL.test(words[0]) || option < 0) return TORCHRUN.test(words.join(' '));
  const script = words.at(option + 1) ?? '';
  // The end of a script is that of its last command, unless it looks at how commands end.
  if (/\|\||\btrap\b|\$\?|\bif\b|[^&]&\s*$/.test(script)) return false;
  const last = script
    .replaceAll('\\\n', ' ')
    .trim()
    .split(/&&|[;\n]/)
    .at(-1)!;
  return !last.includes('|') && TORCHRUN.test(last.trim().replace(/^exec\s+/, ''));
}
