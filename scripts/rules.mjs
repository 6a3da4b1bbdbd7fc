// Writes docs/rules.md from the rules of the checker, which must be built. With --check it changes nothing and fails when the
// page is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const ROOT = new URL('..', import.meta.url).pathname;
const PAGE = join(ROOT, 'docs', 'rules.md');
const LIB = join(ROOT, 'check', 'lib');

const { RULES } = require(join(LIB, 'policy', 'rules', 'index.js'));
const { LEFT_OUT } = require(join(LIB, 'policy', 'left-out.js'));
const { ACKNOWLEDGED } = require(join(LIB, 'policy', 'waivers', 'acknowledged.js'));
const { reasonAndSource } = require(join(LIB, 'report', 'wording.js'));

const PACKS = {
  pending: 'What is rejected, or waits for ever',
  'lost-work': 'Hours of training lost',
  'slow-gang': 'Expensive GPUs that wait for each other',
  oom: 'Killed for memory',
  clutter: 'Finished objects that fill the cluster',
  runaway: 'Left running over the weekend',
  serving: 'Servers that fail their users',
  security: 'Secrets, privileges, images that nobody can trust',
  pipelines: 'Workflows that hang or repeat',
  references: 'Names that lead nowhere, and objects that contradict each other',
  reading: 'What cannot be read, and fields that the API server does not know',
};
const NEEDS = {
  profile: 'a cluster profile',
  pools: 'nodes: from a profile, or NodePools or Nodes in the set',
  complete: '`--complete`',
};

const diagnosticsOf = (rule) =>
  Object.keys(ACKNOWLEDGED).filter((name) => name === rule || ACKNOWLEDGED[name].includes(rule));

const page = [
  '# Rules',
  '',
  `What \`cdk8s-ml-check\` finds: ${RULES.length} rules in ${Object.keys(PACKS).length} packs. Written by \`npm run docs\`; how to use them is in [checking.md](checking.md).`,
  '',
  'A rule that lacks what it needs is not judged, and the report says so. Severities depend on what is found, and can be changed in',
  '`cdk8s-ml-check.yaml`. A finding is waived on its object by `cdk8s-ml.dev/waive-<rule>: <reason>`.',
  '',
  ...Object.entries(PACKS).map(([pack, title]) => `- [\`${pack}\`](#${anchor(title)}): ${count(pack)}`),
  ...Object.entries(PACKS).flatMap(([pack, title]) => section(pack, title)),
  '',
  '## What no rule is for',
  '',
  'Operational facts that cannot be told from manifests, or not well enough for a finding that an engineer trusts.',
  '',
  '| fact | what it says | why there is no rule |',
  '| --- | --- | --- |',
  ...LEFT_OUT.map(({ fact, says, because }) => `| ${[fact, says, because].map(cell).join(' | ')} |`),
  '',
].join('\n');

if (process.argv.includes('--check')) {
  if (readFileSync(PAGE, 'utf8') !== page) {
    console.error('docs/rules.md is out of date: run npm run docs');
    process.exit(1);
  }
} else writeFileSync(PAGE, page);

function rulesOf(pack) {
  return RULES.filter(({ group }) => group === pack);
}

function count(pack) {
  const own = rulesOf(pack).length;
  const others = RULES.filter(({ group, packs = [] }) => group !== pack && packs.includes(pack)).length;
  return `${own} rules${others === 0 ? '' : `, and ${others} of other packs`}`;
}

function section(pack, title) {
  const others = RULES.filter(({ group, packs = [] }) => group !== pack && packs.includes(pack));
  const also =
    others.length === 0 ? [] : ['', `Also: ${others.map(({ name }) => `[\`${name}\`](#${name})`).join(', ')}.`];
  return ['', `## ${title}`, '', `Pack \`${pack}\`.`, ...also, ...rulesOf(pack).flatMap(entry)];
}

function entry({ name, why, fix, props, facts, needs = [] }) {
  const { reason, sources } = reasonAndSource(why);
  const links = sources.map((source) => `[${new URL(source).hostname.replace(/^www\./, '')}](${source})`);
  const acknowledged = diagnosticsOf(name).map((each) => `\`${each}\``);
  return [
    '',
    `### ${name}`,
    '',
    `${text(reason)} (${links.join(', ')})`,
    '',
    `- Fix: ${text(fix)}`,
    ...(props === undefined ? [] : [`- In our props: ${text(props)}`]),
    ...(needs.length === 0 ? [] : [`- Needs ${needs.map((need) => NEEDS[need]).join(', and ')}.`]),
    ...(facts.length === 0 ? [] : [`- Facts: ${facts.join(', ')}.`]),
    ...(acknowledged.length === 0 ? [] : [`- Waived as well by acknowledging ${acknowledged.join(', ')}.`]),
  ];
}

function anchor(title) {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}

/** Text in which Markdown sees no marks. */
function text(plain) {
  return plain.replace(/[<>*_|{}]/g, (mark) => `\\${mark}`);
}

function cell(plain) {
  return text(plain);
}
