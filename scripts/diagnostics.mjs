// Writes docs/diagnostics.md from the rules of the built library; with --check only says whether it is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const FILE = 'docs/diagnostics.md';
const AREAS = {
  COR: 'Shapes of what is passed, whatever it is passed to',
  CLU: 'The cluster profile, and what workloads name of the cluster',
  KUB: 'What Kubernetes itself takes and refuses',
  GPU: 'What pods ask of GPU nodes',
  STO: 'Claims, datasets, checkpoints and models',
  TRN: 'Training runs, schedules and gangs',
  SRV: 'Model servers',
};

const require = createRequire(import.meta.url);
require('../lib/src/index.js');
const { knownRules } = require('../lib/src/core/diagnostics.js');
const rules = [...knownRules().values()].sort((a, b) => a.id.localeCompare(b.id));

const strange = rules.filter(({ id }) => !(id.slice(0, 3) in AREAS));
if (strange.length > 0) throw new Error(`no area for ${strange.map(({ id }) => id).join(', ')}`);

const cell = (text) => text.replaceAll('|', '\\|');
const row = ({ id, name, level, why, source }) =>
  `| ${id} | ${name} | ${level} | ${cell(why)}${source === undefined ? '' : ` [source](${source})`} |`;
const section = ([area, title]) => {
  const rows = rules.filter(({ id }) => id.startsWith(area)).map(row);
  return `## ${area}: ${title}\n\n| id | name | level | why |\n|---|---|---|---|\n${rows.join('\n')}\n`;
};

const page = `# Diagnostics

Everything that the library reports, by id. Written by \`npm run docs\`.

\`invalid\`: Kubernetes or an operator rejects it, or it cannot work; there is no way round. \`unsafe\`: legal, but it loses work, money
or trust; \`Acknowledge.of(construct).add('TRN001', 'why it is right here')\` lets it pass and leaves the reason on the objects as
\`cdk8s-ml.dev/waive-<name>\`.

A message has four parts: the path of the construct, the id, what is wrong with the value in it, and what to do.

${Object.entries(AREAS).map(section).join('\n')}`;

if (!process.argv.includes('--check')) writeFileSync(FILE, page);
else if (readFileSync(FILE, 'utf8') !== page) {
  console.error(`${FILE} is out of date: run npm run docs`);
  process.exitCode = 1;
}
