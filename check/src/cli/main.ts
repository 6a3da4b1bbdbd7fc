import { nearest } from 'cdk8s-ml/floor/core/nearest';
import type { Argv } from 'yargs';
import yargs from 'yargs/yargs';
import { UsageError } from '../policy/usage-error';
import { VERSION } from '../report/version';
import { printable } from '../report/printable';
import type * as CheckCommand from './check-command';
import type { CheckArguments } from './options';
import { CHECK_OPTIONS, DEFAULT_PATH } from './options';
import type * as RulesCommand from './rules-command';
import type { Surroundings } from './surroundings';
import { ExitCode } from './surroundings';

const ISSUES = 'https://github.com/cdk8s-ml/cdk8s-ml/issues';

/** Runs the command line; its exit code. Never throws. */
export function main(given: readonly string[], surroundings: Surroundings): ExitCode {
  const { stdout, stderr } = surroundings;
  let exitCode = ExitCode.CLEAN;
  try {
    commandLine(surroundings, (code) => (exitCode = code)).parseSync(
      [...joined(given)],
      {},
      (_error, _argv, output) => {
        if (output !== '') stdout.write(`${output}\n`);
      },
    );
    return exitCode;
  } catch (error) {
    if (error instanceof UsageError) stderr.write(`cdk8s-ml-check: ${printable(error.message)}\n`);
    else
      stderr.write(
        `cdk8s-ml-check: this should not happen, please report it at ${ISSUES}: ${detail(error, surroundings)}\n`,
      );
    return ExitCode.USAGE;
  }
}

function detail(error: unknown, { env }: Surroundings): string {
  if (!(error instanceof Error)) return String(error);
  return env.DEBUG ? (error.stack ?? error.message) : `${error.message} (DEBUG=1 shows where)`;
}

/** A hyphen of its own is standard input; yargs drops it, so that something else stands for it while it reads. */
const ALONE = '-';
const HYPHEN = '\u0000-';

/** A value of --rules may start with a hyphen, which would otherwise be taken for an option. */
function joined(given: readonly string[]): readonly string[] {
  return given.flatMap((each, index) => {
    if (each === ALONE) return [HYPHEN];
    if (given[index - 1] === '--rules' && each.startsWith('-')) return [];
    return each === '--rules' && given[index + 1]?.startsWith('-') ? [`--rules=${given[index + 1]}`] : [each];
  });
}

function commandLine(surroundings: Surroundings, done: (code: ExitCode) => void): Argv {
  const width = Math.min(surroundings.stdout.columns ?? 100, 100);
  return withCommands(yargs(), surroundings, done)
    .scriptName('cdk8s-ml-check')
    .parserConfiguration({ 'greedy-arrays': false, 'parse-numbers': false, 'parse-positional-numbers': false })
    .example(EXAMPLES as unknown as [string, string][])
    .epilogue(EPILOGUE)
    .version(VERSION)
    .help()
    .alias('help', 'h')
    .strict()
    .wrap(width)
    .locale('en')
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      if (error !== undefined && error.name !== 'YError') throw error;
      throw new UsageError(`${inWords(error?.message ?? message)}\n--help says what there is.`);
    });
}

/* eslint-disable @typescript-eslint/no-require-imports -- help and version need none of the rules */
function withCommands(parser: Argv, surroundings: Surroundings, done: (code: ExitCode) => void): Argv {
  const paths = {
    type: 'string',
    array: true,
    default: [DEFAULT_PATH],
    describe: 'Files and folders of manifests; - is standard input',
  } as const;
  const rule = {
    type: 'string',
    demandOption: true,
    describe: 'Name of a rule, or a fact such as ML-COST-001',
  } as const;
  return parser
    .command(
      '$0 [paths..]',
      'Reads Kubernetes manifests and says what will be rejected, wait for ever, lose work, run out of memory, clog the cluster, burn money or leak a secret.',
      (args) => args.positional('paths', paths).options(CHECK_OPTIONS),
      (args) => {
        const { checkCommand } = require('./check-command') as typeof CheckCommand;
        done(checkCommand(once(args) as unknown as CheckArguments, surroundings));
      },
    )
    .command(
      'explain <rule>',
      'Says why a rule is there and what to do',
      (args) => args.positional('rule', rule),
      (args) => {
        const { explainCommand } = require('./rules-command') as typeof RulesCommand;
        done(explainCommand(args.rule, surroundings));
      },
    )
    .command(
      'rules',
      'Lists every rule, by pack',
      (args) => args,
      () => {
        const { rulesCommand } = require('./rules-command') as typeof RulesCommand;
        done(rulesCommand(surroundings));
      },
    );
}
/* eslint-enable @typescript-eslint/no-require-imports */

/** Without what stands for a hyphen, and the last one where an option that has one value was given several times. */
function once(args: { readonly [name: string]: unknown }): { readonly [name: string]: unknown } {
  const lists = ['paths', 'rules', 'schemas'];
  const plain = (value: unknown): unknown => (value === HYPHEN ? ALONE : value);
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      if (!Array.isArray(value)) return [name, plain(value)];
      return [name, lists.includes(name) ? value.map(plain) : plain(value.at(-1))];
    }),
  );
}

function inWords(message: string): string {
  if (message.startsWith('Not enough non-option')) return 'explain needs the name of a rule, such as gpu-run-deadline.';
  const name = /^Unknown arguments?: ([\w-]+)/.exec(message)?.[1];
  const guess = name === undefined ? undefined : nearest(name, Object.keys(CHECK_OPTIONS));
  return guess === undefined ? message : `${message} (did you mean --${guess}?)`;
}

const EXAMPLES = [
  ['$0', 'Check what cdk8s synth wrote to dist'],
  ['helm template . | $0 -', 'Check what Helm writes'],
  ['$0 --rules pending,oom manifests', 'Check two packs of rules only'],
  ['$0 --format sarif -o check.sarif', 'Write a file for code scanning'],
  ['$0 --baseline known.json --write-baseline', 'Begin with what is there, and fail on new findings from now on'],
];

const EPILOGUE = `Exit codes: 0 nothing found at the level of --fail-on, 1 something found, 2 wrong usage or input that cannot be read.
Packs: pending, lost-work, slow-gang, oom, clutter, runaway, serving, security, pipelines, references, reading, all.
A finding is waived on its object by the annotation cdk8s-ml.dev/waive-RULE: 'why it is right here', or in cdk8s-ml-check.yaml.`;
