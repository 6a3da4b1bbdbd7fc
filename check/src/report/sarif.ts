import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { STANDARD_INPUT } from '../inventory/source';
import type { Finding } from '../policy/finding';
import { Severity } from '../policy/finding';
import type { RuleDescription } from '../policy/rule';
import { fingerprints } from './fingerprint';
import type { Report } from './report';
import { reasonAndSource, reservations, sentenceOf, subjectOf } from './wording';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const HOME = 'https://github.com/cdk8s-ml/cdk8s-ml';

const LEVELS: { readonly [severity in Severity]: string } = {
  [Severity.ERROR]: 'error',
  [Severity.WARNING]: 'warning',
  [Severity.INFO]: 'note',
};

/** For code scanning: SARIF 2.1.0. */
export function sarifReport(report: Report): string {
  const { checker, findings, rules } = report;
  const indices = new Map(rules.map(({ name }, index) => [name, index]));
  const prints = fingerprints(findings);
  const run = {
    tool: {
      driver: {
        name: 'cdk8s-ml-check',
        version: checker,
        semanticVersion: checker,
        informationUri: HOME,
        rules: rules.map(ruleOf),
      },
    },
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: reservations(report).map((text) => ({ level: 'note', message: { text } })),
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: findings.map((finding, index) => resultOf(finding, indices.get(finding.rule), prints[index])),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

function ruleOf({ name, group, packs, facts, why, fix, props }: RuleDescription): object {
  const { reason, sources } = reasonAndSource(why);
  const help = [reason, fix, ...(props === undefined ? [] : [`In the props of cdk8s-ml: ${props}`])];
  return {
    id: name,
    name,
    shortDescription: { text: reason },
    fullDescription: { text: [reason, fix].join(' ') },
    help: {
      text: [...help, ...sources].join('\n'),
      markdown: [...help, ...sources.map((each) => `<${each}>`)].join('\n\n'),
    },
    helpUri: sources[0],
    properties: { tags: [group, ...(packs ?? []), ...facts].filter((tag, index, all) => all.indexOf(tag) === index) },
  };
}

function resultOf(finding: Finding, ruleIndex: number | undefined, fingerprint: string): object {
  const { rule, severity, fix, path, waived, known } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${sentenceOf(finding)} ${fix}` },
    locations: [locationOf(finding)],
    partialFingerprints: { 'cdk8sMlCheck/v1': fingerprint },
    ...(known === true ? { baselineState: 'unchanged' } : {}),
    ...(waived === undefined ? {} : { suppressions: [suppressionOf(waived)] }),
    properties: { path },
  };
}

function locationOf(finding: Finding): object {
  const { file, line, path, construct } = finding;
  return {
    physicalLocation: { artifactLocation: artifactOf(file), region: { startLine: line } },
    logicalLocations: [
      { fullyQualifiedName: [subjectOf(finding), path].filter((each) => each !== '').join(' '), kind: 'object' },
      ...(construct === undefined ? [] : [{ fullyQualifiedName: construct, kind: 'type' }]),
    ],
  };
}

function artifactOf(file: string): object {
  if (file === STANDARD_INPUT) return { uri: 'standard-input' };
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  const path = file.replaceAll('\\', '/').replace(/^\.\//, '');
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

function suppressionOf({ reason, by }: NonNullable<Finding['waived']>): object {
  return { kind: by === 'annotation' ? 'inSource' : 'external', status: 'accepted', justification: reason };
}
