import type { Options } from 'yargs';
import { SEVERITIES } from '../policy/finding';
import type { FailOn } from '../report/report';

/** Forms in which a report is written. */
export const FORMATS = ['text', 'json', 'sarif', 'junit', 'github', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** Where cdk8s synth writes. */
export const DEFAULT_PATH = 'dist';

/** What the check command is told. */
export interface CheckArguments {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly output?: string;
  readonly failOn: FailOn;
  readonly rules: readonly string[];
  readonly profile?: string;
  readonly complete: boolean;
  readonly schemas: readonly string[];
  readonly config?: string;
  readonly baseline?: string;
  readonly writeBaseline: boolean;
}

/** Levels from which a check fails. */
export const FAIL_ON: readonly FailOn[] = [...SEVERITIES, 'none'];

const text = { type: 'string', requiresArg: true } as const;

/** Options of the check command, as its help shows them. */
export const CHECK_OPTIONS = {
  format: {
    ...text,
    alias: 'f',
    choices: FORMATS,
    default: 'text',
    describe: 'How to write what is found',
  },
  output: { ...text, alias: 'o', describe: 'File to write it to', defaultDescription: 'standard output' },
  'fail-on': {
    ...text,
    choices: FAIL_ON,
    default: 'error',
    describe: 'Least severity with which the check fails (exit code 1)',
  },
  rules: {
    ...text,
    array: true,
    default: [] as string[],
    defaultDescription: 'all',
    describe: 'Packs and rules, separated by commas; -NAME takes one away',
  },
  profile: { ...text, describe: 'Cluster profile (JSON) that tells nodes, queues and classes' },
  complete: {
    type: 'boolean',
    default: false,
    describe: 'Everything is here: names that lead nowhere are findings',
  },
  schemas: {
    ...text,
    array: true,
    default: [] as string[],
    defaultDescription: 'those that come with it',
    describe: 'Folder with CustomResourceDefinitions of other kinds',
  },
  config: {
    ...text,
    describe: 'Waivers and changed severities',
    defaultDescription: 'cdk8s-ml-check.yaml if there is one',
  },
  baseline: { ...text, describe: 'File of known findings; only new ones fail' },
  'write-baseline': { type: 'boolean', default: false, describe: 'Write what is found now to the baseline' },
} as const satisfies { readonly [option: string]: Options };
