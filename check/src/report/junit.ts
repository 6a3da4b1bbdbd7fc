import type { Finding } from '../policy/finding';
import type { Report } from './report';
import { descriptionsOf, fails } from './report';
import { printable } from './printable';
import { fileOf, reasonAndSource, reservations, sentenceOf } from './wording';

/** For CI systems: JUnit XML. A suite for each file, a test for each finding, and one that passes where there is none. */
export function junitReport(report: Report): string {
  const { findings, files } = report;
  const byFile = new Map<string, Finding[]>([...files, ...findings.map(({ file }) => file)].map((file) => [file, []]));
  for (const finding of findings) byFile.get(finding.file)!.push(finding);
  const rules = descriptionsOf(report);
  const suites = [...byFile].map(([file, found]) => suite(file, found, report, rules));
  const notes = reservations(report).join('\n');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: 'cdk8s-ml-check', ...sum(findings, byFile, report) })}>`,
    ...suites,
    ...(notes === '' ? [] : [`  ${notesSuite(notes)}`]),
    '</testsuites>',
    '',
  ].join('\n');
}

function sum(findings: readonly Finding[], byFile: ReadonlyMap<string, readonly Finding[]>, report: Report): Numbers {
  const clean = [...byFile.values()].filter((found) => found.length === 0).length;
  const notes = reservations(report).length > 0 ? 1 : 0;
  return { ...numbers(findings, report), tests: findings.length + clean + notes };
}

interface Numbers {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly time: number;
}

function numbers(findings: readonly Finding[], { failOn }: Report): Numbers {
  const failures = findings.filter((finding) => fails(finding, failOn)).length;
  const skipped = findings.filter(({ waived, known }) => waived !== undefined || known === true).length;
  return { tests: Math.max(1, findings.length), failures, errors: 0, skipped, time: 0 };
}

type Rules = ReturnType<typeof descriptionsOf>;

function suite(file: string, findings: readonly Finding[], report: Report, rules: Rules): string {
  const name = fileOf(file);
  const cases = findings.map((finding) => testCase(finding, report, rules));
  const none = `    <testcase ${attributes({ classname: name, name: 'nothing found', time: 0 })}/>`;
  return [
    `  <testsuite ${attributes({ name, ...numbers(findings, report) })}>`,
    ...(cases.length > 0 ? cases : [none]),
    '  </testsuite>',
  ].join('\n');
}

function testCase(finding: Finding, { failOn }: Report, rules: Rules): string {
  const { rule, group, severity, file, line, path, fix, waived, known } = finding;
  const name = sentenceOf(finding);
  const open = attributes({ classname: `${group}.${rule}`, name, file: fileOf(file), line, time: 0 });
  const { reason, sources } = reasonAndSource(rules.get(rule)?.why ?? '');
  const text = [`${fileOf(file)}:${line} ${path}`.trimEnd(), reason, fix, ...sources]
    .filter((each) => each !== '')
    .join('\n');
  const inside = waived
    ? `<skipped ${attributes({ message: `waived: ${waived.reason}` })}/>`
    : known
      ? `<skipped ${attributes({ message: 'known from the baseline' })}/>`
      : fails(finding, failOn)
        ? `<failure ${attributes({ message: name, type: severity })}>${xml(text)}</failure>`
        : `<system-out>${xml(`${severity}: ${text}`)}</system-out>`;
  return `    <testcase ${open}>${inside}</testcase>`;
}

function notesSuite(notes: string): string {
  const suiteAttributes = attributes({ name: 'not judged', tests: 1, failures: 0, errors: 0, skipped: 0, time: 0 });
  const test = `<testcase ${attributes({ classname: 'cdk8s-ml-check', name: 'not judged', time: 0 })}>`;
  return `<testsuite ${suiteAttributes}>${test}<system-out>${xml(notes)}</system-out></testcase></testsuite>`;
}

function attributes(values: object): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}="${xml(String(value)).replace(/\s/g, ' ')}"`)
    .join(' ');
}

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// https://www.w3.org/TR/xml/#charsets
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function xml(text: string): string {
  return printable(text)
    .replace(NO_CHARACTER, '\ufffd')
    .replace(/[&<>"]/g, (character) => ENTITIES[character]);
}
