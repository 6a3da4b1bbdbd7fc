// Writes docs/diagnostics.md from the rules of all rooms. With --check it changes nothing and fails when the page is out of date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
require('./typescript-require.js');

const ROOT = new URL('..', import.meta.url).pathname;
const SRC = join(ROOT, 'src');
const PAGE = join(ROOT, 'docs', 'diagnostics.md');

const AREAS = {
  COR: 'Shapes, names and text of what is passed',
  CAT: 'The catalogue of GPUs and machines',
  KUB: 'What Kubernetes itself takes and refuses',
  CLU: 'The cluster profile, and what workloads name of the cluster',
  GPU: 'What pods ask of GPU nodes',
  STO: 'Claims, datasets, checkpoints and models',
  TEN: 'Teams',
  TRN: 'Training runs, schedules and gangs',
  SRV: 'Model servers',
  PIP: 'Pipelines',
  MON: 'Monitoring',
};

const definitions = readdirSync(SRC, { recursive: true }).filter((file) => /(diagnostics|core\/rules)\.ts$/.test(file));
for (const file of definitions) require(join(SRC, file));
const rules = [
  ...require(join(SRC, 'core', 'diagnostics.ts'))
    .knownRules()
    .values(),
];

const page = [
  '# Diagnostics',
  '',
  'Everything that the library refuses, by id. Written by `npm run docs`.',
  '',
  '`invalid`: Kubernetes or an operator rejects it, or it cannot work; there is no way round. `unsafe`: legal, but it loses work, money',
  "or trust; `Acknowledge.of(construct).add('TRN001', 'why it is right here')` lets it pass and leaves the reason on the objects as",
  '`cdk8s-ml.dev/waive-<name>`. An id is never used again for something else.',
  '',
  'A message has four parts: the path of the construct, the id, what is wrong with the value in it, and what to do.',
  ...Object.entries(AREAS).flatMap(([area, title]) => section(title, rulesOf(area))),
  '',
].join('\n');

if (process.argv.includes('--check')) {
  if (readFileSync(PAGE, 'utf8') !== page) {
    console.error('docs/diagnostics.md is out of date: run npm run docs');
    process.exit(1);
  }
} else writeFileSync(PAGE, page);

function rulesOf(area) {
  return rules.filter(({ id }) => id.startsWith(area)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function section(title, found) {
  if (found.length === 0) return [];
  const rows = found.map(({ id, name, level, why, source }) => [id, `\`${name}\``, level, why, link(source)]);
  const table = [['id', 'name', 'level', 'why', 'source'], ['---', '---', '---', '---', '---'], ...rows];
  return ['', `## ${title}`, '', ...table.map((cells) => `| ${cells.map(escape).join(' | ')} |`)];
}

function link(source) {
  return source === undefined ? '' : `[${new URL(source).hostname.replace(/^www\./, '')}](${source})`;
}

function escape(cell) {
  return cell.replaceAll('|', '\\|');
}
