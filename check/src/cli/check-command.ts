import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ProfileFacts } from '../inventory/profile';
import { readPaths } from '../inventory/read-paths';
import type { SchemaSet } from '../inventory/schema/schema-set';
import { loadSchemas } from '../inventory/schema/schema-set';
import type { Source } from '../inventory/source';
import { readSource } from '../inventory/source';
import { RULES } from '../policy/rules';
import { UsageError } from '../policy/usage-error';
import type { Configuration } from '../policy/waivers/configuration';
import { readConfiguration } from '../policy/waivers/configuration';
import type { Baseline } from '../report/baseline';
import { baselineText, readBaseline } from '../report/baseline';
import { makeReport } from '../report/make-report';
import type { Report } from '../report/report';
import { fails } from '../report/report';
import { count, printable, totals } from '../report/wording';
import { formatted } from './formats';
import type { CheckArguments } from './options';
import { Progress } from './progress';
import type { Surroundings } from './surroundings';
import { ExitCode, readableWidth, wantsColor } from './surroundings';

const CONFIGURATION = 'cdk8s-ml-check.yaml';

/** Checks paths and writes what is found. */
export function checkCommand(given: CheckArguments, surroundings: Surroundings): ExitCode {
  if (given.writeBaseline && given.baseline === undefined) {
    throw new UsageError('--write-baseline needs --baseline FILE, the file to write.');
  }
  const progress = new Progress(surroundings.stderr);
  const own = [given.config, given.baseline, given.profile, given.output];
  const sources = readPaths(given.paths, {
    except: own.filter((file) => file !== undefined),
    watch: (done, all) => progress.show('Reading', done, all),
  });
  const report = makeReport(sources, {
    rules: given.rules,
    failOn: given.failOn,
    complete: given.complete,
    profile: profileFrom(given.profile),
    schemas: schemasFrom(given.schemas),
    configuration: configurationFrom(given.config),
    baseline: given.writeBaseline ? undefined : baselineFrom(given.baseline),
    today: surroundings.now().toISOString().slice(0, 10),
    watch: (done, all) => progress.show('Checking', done, all),
  });
  progress.stop();
  if (given.writeBaseline) return writeBaseline(given.baseline!, report, sources, surroundings);
  write(report, given, surroundings);
  if (sources.some(isUnreadable)) return ExitCode.USAGE;
  return report.findings.some((finding) => fails(finding, given.failOn)) ? ExitCode.FINDINGS : ExitCode.CLEAN;
}

function isUnreadable({ problem }: Source): boolean {
  return problem?.trouble === 'unreadable-file';
}

function write(report: Report, { format, output }: CheckArguments, { stdout, stderr, env }: Surroundings): void {
  if (output === undefined) {
    stdout.write(formatted(report, format, { color: wantsColor(stdout, env), width: readableWidth(stdout) }));
  } else {
    writeFile(output, formatted(report, format, {}));
    stderr.write(`${printable(totals(report))}\n`);
  }
}

function writeBaseline(file: string, report: Report, sources: readonly Source[], { stderr }: Surroundings): ExitCode {
  const unread = sources.filter(isUnreadable).map(({ file: path, problem }) => `${path} ${problem!.message}`);
  if (unread.length > 0) throw new UsageError(unread.join('\n'));
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

function configurationFrom(file: string | undefined): Configuration | undefined {
  if (file === undefined && !existsSync(CONFIGURATION)) return undefined;
  return readConfiguration(
    readSource(file ?? CONFIGURATION),
    RULES.map(({ name }) => name),
  );
}

function baselineFrom(file: string | undefined): Baseline | undefined {
  return file === undefined ? undefined : readBaseline(textOf(file, 'Write it with --write-baseline.'), file);
}

function schemasFrom(paths: readonly string[]): SchemaSet | undefined {
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) throw new UsageError(`--schemas: there is no ${missing}.`);
  return paths.length === 0 ? undefined : loadSchemas(paths);
}

function profileFrom(file: string | undefined): ProfileFacts | undefined {
  if (file === undefined) return undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the code behind profiles is large
  const { profileFacts } = require('../inventory/profile') as { profileFacts?: (json: string) => ProfileFacts };
  if (!profileFacts) throw new UsageError('--profile: profiles cannot be read yet.');
  try {
    return profileFacts(textOf(file));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} is no cluster profile:\n${(error as Error).message}`);
  }
}

function textOf(file: string, advice = ''): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message} ${advice}`.trimEnd());
  }
}
