import { existsSync, readFileSync } from 'node:fs';
import { profileFacts, type ProfileFacts } from '../inventory/profile';
import { readPaths } from '../inventory/read-paths';
import type { SchemaSet } from '../inventory/schema/schema-set';
import { loadSchemas } from '../inventory/schema/schema-set';
import { readSource } from '../inventory/source';
import { RULES } from '../policy/rules';
import { UsageError } from '../policy/usage-error';
import type { Configuration } from '../policy/waivers/configuration';
import { readConfiguration } from '../policy/waivers/configuration';
import type { Baseline } from './baseline';
import { readBaseline } from './baseline';
import { makeReport } from './make-report';
import type { FailOn, Report } from './report';

/** What is said beside the manifests, by the names of files. */
export interface CheckFilesOptions {
  /** Names of packs and rules; a hyphen in front takes one away. Every rule unless it is given. */
  readonly rules?: readonly string[];
  /** Least severity with which the check fails; error unless it is given. */
  readonly failOn?: FailOn;
  /** A cluster profile, as JSON. */
  readonly profile?: string;
  /** Whether everything that the cluster holds is there, so that what is named must be. */
  readonly complete?: boolean;
  /** Files and folders with CustomResourceDefinitions, beside those that come with the checker. */
  readonly schemas?: readonly string[];
  /** Waivers and changed severities, as `cdk8s-ml-check.yaml` has them. */
  readonly config?: string;
  /** Known findings, as `--write-baseline` writes them. */
  readonly baseline?: string;
  /** The day for waivers that end, such as `2026-11-30`; none has ended unless it is given. */
  readonly today?: string;
  /** Files that are no manifests, wherever they are found. */
  readonly except?: readonly string[];
  /** Told how much of a part is done. */
  readonly watch?: (part: 'Reading' | 'Checking', done: number, all: number) => void;
}

/** Checks every file below some paths. Throws a usage error when what is said beside them cannot be read. */
export function checkFiles(paths: readonly string[], options: CheckFilesOptions = {}): Report {
  const { rules, failOn, complete, today, watch } = options;
  const { profile, schemas = [], config, baseline, except = [] } = options;
  const sources = readPaths(paths, {
    except: [...except, ...[profile, config, baseline].filter((file) => file !== undefined)],
    watch: (done, all) => watch?.('Reading', done, all),
  });
  return makeReport(sources, {
    rules,
    failOn,
    complete,
    today,
    profile: profileFrom(profile),
    schemas: schemasFrom(schemas),
    configuration: configurationFrom(config),
    baseline: baselineFrom(baseline),
    watch: (done, all) => watch?.('Checking', done, all),
  });
}

function configurationFrom(file: string | undefined): Configuration | undefined {
  if (file === undefined) return undefined;
  return readConfiguration(
    readSource(file),
    RULES.map(({ name }) => name),
  );
}

function baselineFrom(file: string | undefined): Baseline | undefined {
  return file === undefined ? undefined : readBaseline(textOf(file, 'Write it with --write-baseline.'), file);
}

function schemasFrom(paths: readonly string[]): SchemaSet | undefined {
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) throw new UsageError(`there is no ${missing}, which should hold schemas.`);
  return paths.length === 0 ? undefined : loadSchemas(paths);
}

function profileFrom(file: string | undefined): ProfileFacts | undefined {
  if (file === undefined) return undefined;
  const text = textOf(file);
  try {
    return profileFacts(text);
  } catch (error) {
    throw new UsageError(`${file} is no cluster profile:\n${(error as Error).message}`);
  }
}

function textOf(file: string, advice = ''): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}. ${advice}`.trimEnd());
  }
}
