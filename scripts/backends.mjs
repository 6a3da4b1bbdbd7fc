// Writes docs/backends.md from the table of training backends. With --check it changes nothing and fails when the page is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
require('./typescript-require.js');

const ROOT = new URL('..', import.meta.url).pathname;
const PAGE = join(ROOT, 'docs', 'backends.md');
const { BACKEND_TABLE } = require(join(ROOT, 'src', 'training', 'backends', 'table.ts'));
const { componentOf } = require(join(ROOT, 'src', 'cluster', 'backend-components.ts'));

const FACTS = {
  start: 'Start',
  rendezvous: 'Rendezvous',
  podRestart: 'Restart of a pod',
  gangRestart: 'Restart of the gang',
  success: 'Success',
  deadline: 'Deadline',
  ttl: 'TTL',
  cleanUp: 'Clean-up',
  suspend: 'Suspend',
  elastic: 'Elastic',
  embedding: 'On a schedule',
};

const ENDS =
  'Those of `failOnExitCodes`, and 137 (out of memory) without `retryOutOfMemory`, end the run at once; others are retried.';
const COUNTS = 'Every failure is retried alike, and counted, out of memory (137) too.';

const rows = Object.entries(BACKEND_TABLE);
const frameworks = [...new Set(rows.flatMap(([, row]) => row.frameworks))];

const page = [
  '# Training backends',
  '',
  'What each backend of a `DistributedTraining` really does. Written by `npm run docs` from the table that refuses what a backend cannot',
  'do (TRN016); how to choose one is in [training.md](training.md).',
  '',
  '## Frameworks',
  '',
  ...table([
    ['', ...rows.map(([, { resource, title }]) => title ?? resource)],
    ...frameworks.map((name) => [
      `\`${name}\``,
      ...rows.map(([, row]) => (row.frameworks.includes(name) ? 'yes' : '')),
    ]),
  ]),
  ...rows.flatMap(([kind, row]) => section(kind, row)),
  '',
].join('\n');

if (process.argv.includes('--check')) {
  if (readFileSync(PAGE, 'utf8') !== page) {
    console.error('docs/backends.md is out of date: run npm run docs');
    process.exit(1);
  }
} else writeFileSync(PAGE, page);

function section(kind, row) {
  const component = componentOf(kind);
  return [
    '',
    `## ${row.title ?? row.resource}`,
    '',
    `\`backend: '${kind}'\`, ${component === undefined ? 'needs no operator' : `component \`${component}\` of the profile`}. Seen with ${row.evidence}.`,
    '',
    ...table([
      ['', 'what happens'],
      ...Object.entries(FACTS).map(([fact, title]) => [title, row.does[fact]]),
      ['Exit codes', row.endsOnExitCodes ? ENDS : COUNTS],
    ]),
  ];
}

function table([head, ...body]) {
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.map(escape).join(' | ')} |`);
}

function escape(cell) {
  return cell.replaceAll('|', '\\|');
}
