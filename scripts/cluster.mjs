// The cluster ring from the command line.
//
//   node scripts/cluster.mjs test  [--only NAME[,NAME]] [--kubernetes 1.34] [jest options]
//   node scripts/cluster.mjs serve [--only NAME[,NAME]] [--kubernetes 1.34]
//
// `test` runs the test files of these names, or all; each starts the components that it needs. `serve` keeps these
// components running, or all of them, prints their kubeconfig and stops them at Ctrl-C.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'test', 'cluster');

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

const lines = readdirSync(join(folder, 'modules')).flatMap((name) => /^kubernetes-(1\.\d+)$/.exec(name)?.[1] ?? []);
const names = readdirSync(folder, { recursive: true })
  .flatMap((name) => /([^/\\]+)\.test\.ts$/.exec(name)?.[1] ?? [])
  .sort();

const [command, ...rest] = process.argv.slice(2);
const options = { only: { type: 'string', multiple: true }, kubernetes: { type: 'string' } };
const { values, tokens } = parseArgs({ args: rest, options, strict: false, allowPositionals: true, tokens: true });
const known = new Set(['only', 'kubernetes']);
const others = tokens.flatMap((token) =>
  token.kind === 'option' && !known.has(token.name)
    ? rest.slice(token.index, token.index + 1)
    : token.kind === 'positional'
      ? [token.value]
      : [],
);

const only = (values.only ?? [])
  .flatMap((value) => (typeof value === 'string' ? value.split(',') : []))
  .filter(Boolean);
if (rest.includes('--only') && only.length === 0) fail('--only wants a name.');
const env = { ...process.env };
if (values.kubernetes !== undefined) {
  if (!lines.includes(values.kubernetes))
    fail(`There is no Kubernetes ${values.kubernetes} here: choose one of ${lines.join(', ')}.`);
  env.CLUSTER_KUBERNETES = values.kubernetes;
}

function run(program, args) {
  const { status, signal } = spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(signal ? 1 : status);
}

if (command === 'test') {
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) fail(`There is no cluster test ${unknown.join(', ')}: choose from ${names.join(', ')}.`);
  rmSync(join(root, 'build', 'cluster-logs'), { recursive: true, force: true });
  const pattern = only.length > 0 ? ['--testPathPatterns', `/(${only.join('|')})\\.test\\.ts$`] : [];
  // Rings wait more than they work: two at a time, unless the options say otherwise.
  const workers = others.some((option) => /^(--maxWorkers|-w|--runInBand|-i)\b/.test(option)) ? [] : ['--maxWorkers=2'];
  run('jest/bin/jest.js', ['--selectProjects', 'cluster', ...workers, ...pattern, ...others]);
} else if (command === 'serve') {
  if (!existsSync(join(root, 'node_modules'))) fail('Run "npm ci" first.');
  run('typescript/bin/tsc', ['-p', 'tsconfig.cluster.json']);
  run('../build/cluster/test/cluster/ring/serve.js', only);
} else {
  fail('Say "test" or "serve".');
}
