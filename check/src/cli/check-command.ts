import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { nearest } from 'cdk8s-ml/floor/core/nearest';
import { STANDARD_INPUT } from '../inventory/source';
import { UsageError } from '../policy/usage-error';
import { baselineText } from '../report/baseline';
import { checkFiles } from '../report/check-files';
import type { Report } from '../report/report';
import { fails } from '../report/report';
import { printable } from '../report/printable';
import { count, totals } from '../report/wording';
import { formatted } from './formats';
import type { CheckArguments } from './options';
import { DEFAULT_PATH } from './options';
import { Progress } from './progress';
import type { Surroundings } from './surroundings';
import { ExitCode, readableWidth, wantsColor } from './surroundings';

const CONFIGURATION = 'cdk8s-ml-check.yaml';

/** Checks paths and writes what is found. */
export function checkCommand(given: CheckArguments, surroundings: Surroundings): ExitCode {
  if (given.writeBaseline && given.baseline === undefined) {
    throw new UsageError('--write-baseline needs --baseline FILE, the file to write.');
  }
  const report = reportFor(given, surroundings);
  if (given.writeBaseline) return writeBaseline(given.baseline!, report, surroundings);
  write(report, given, surroundings);
  for (const hint of given.paths.flatMap(hintFor)) surroundings.stderr.write(`cdk8s-ml-check: ${printable(hint)}\n`);
  if (report.unread.length > 0) return ExitCode.USAGE;
  return report.findings.some((finding) => fails(finding, given.failOn)) ? ExitCode.FINDINGS : ExitCode.CLEAN;
}

function reportFor(given: CheckArguments, { stderr, now }: Surroundings): Report {
  const progress = new Progress(stderr);
  try {
    return checkFiles(given.paths, {
      ...given,
      config: given.config ?? (existsSync(CONFIGURATION) ? CONFIGURATION : undefined),
      baseline: given.writeBaseline ? undefined : given.baseline,
      except: [given.output, given.baseline].filter((file) => file !== undefined),
      today: now().toISOString().slice(0, 10),
      watch: (part, done, all) => progress.show(part, done, all),
    });
  } finally {
    progress.stop();
  }
}

function write(report: Report, { format, output }: CheckArguments, { stdout, stderr, env }: Surroundings): void {
  if (output === undefined) {
    stdout.write(formatted(report, format, { color: wantsColor(stdout, env), width: readableWidth(stdout) }));
  } else {
    writeFile(output, formatted(report, format, {}));
    stderr.write(`${printable(totals(report))}\n`);
  }
}

function writeBaseline(file: string, report: Report, { stderr }: Surroundings): ExitCode {
  if (report.unread.length > 0) throw new UsageError(report.unread.join('\n'));
  const found = report.findings.filter(({ waived }) => !waived);
  writeFile(file, baselineText(found));
  stderr.write(`Wrote ${count(found.length, 'finding')} to ${file}.\n`);
  return ExitCode.CLEAN;
}

function writeFile(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${(error as Error).message}`);
  }
}

const COMMANDS = ['explain', 'rules'];

/** What somebody meant by a path that is not there. */
function hintFor(path: string): string[] {
  if (path === STANDARD_INPUT || existsSync(path)) return [];
  if (path === DEFAULT_PATH)
    return ['dist is what cdk8s synth writes: run it, or give the files and folders to check.'];
  const command = nearest(path, COMMANDS);
  return command === undefined ? [] : [`'${path}' is no path and no command (did you mean ${command}?).`];
}
