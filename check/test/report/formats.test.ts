import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { DOMParser } from '@xmldom/xmldom';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Severity } from '../../src/policy/finding';
import { Need } from '../../src/policy/rule';
import { githubReport } from '../../src/report/github';
import { jsonReport } from '../../src/report/json';
import { junitReport } from '../../src/report/junit';
import { markdownReport } from '../../src/report/markdown';
import type { Report } from '../../src/report/report';
import { sarifReport } from '../../src/report/sarif';
import { sampleReport } from './sample';

const report = sampleReport();
const everything: Report = {
  ...report,
  unknown: [{ rule: 'needs-pools', needs: [Need.POOLS, Need.PROFILE] }],
  changes: [{ rule: 'unused-waiver', severity: 'off', reason: 'because' }],
};
const nothing: Report = { ...report, findings: [], unknownKinds: [], files: [] };

describe('json', () => {
  const schema = JSON.parse(readFileSync(join(__dirname, '../../schema/report.v1.schema.json'), 'utf8')) as object;
  const validate = new Ajv2020({ allErrors: true }).compile(schema);

  test.each([
    ['everything', everything],
    ['nothing', nothing],
  ])('%s fits the published schema', (_, each) => {
    validate(JSON.parse(jsonReport(each)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('has what is waived and known, marked, and numbers without them', () => {
    const { summary, findings } = JSON.parse(jsonReport(report)) as { summary: object; findings: object[] };
    expect(summary).toMatchObject({ warnings: 5, errors: 3, waived: 1, known: 1, files: 5, objects: 9 });
    expect(findings).toContainEqual({
      rule: 'gpu-run-deadline',
      group: 'runaway',
      severity: 'warning',
      facts: ['ML-COST-001', 'ML-SCHED-007'],
      message: 'holds GPUs and has no deadline.',
      fix: 'Set activeDeadlineSeconds to the longest that the run may take.',
      object: { apiVersion: 'batch/v1', kind: 'Job', namespace: 'ml', name: 'waived' },
      path: 'spec.activeDeadlineSeconds',
      file: 'dist/train.yaml',
      document: 3,
      line: 21,
      waived: { reason: 'Ends <by> "itself" & soon', by: 'annotation' },
    });
    expect(findings).toContainEqual(expect.objectContaining({ known: true }));
  });
});

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly partialFingerprints: { readonly [key: string]: string };
  readonly suppressions?: object[];
  readonly baselineState?: string;
  readonly locations: { physicalLocation: { artifactLocation: object; region: object } }[];
}
interface Sarif {
  readonly runs: { tool: { driver: { rules: { id: string }[] } }; results: SarifResult[] }[];
}

describe('sarif', () => {
  // The schema of the standard, in the package of Microsoft's test matchers; ajv wants the newer names of its first lines.
  const file = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as { [key: string]: unknown };
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  const { runs } = JSON.parse(sarifReport(everything)) as Sarif;
  const [{ tool, results }] = runs;

  test.each([
    ['everything', everything],
    ['nothing', nothing],
  ])('%s fits the schema of SARIF 2.1.0', (_, each) => {
    validate(JSON.parse(sarifReport(each)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('every result points at its rule, and is told apart from all others', () => {
    expect(results.filter(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id !== ruleId)).toEqual([]);
    const prints = results.map(({ partialFingerprints }) => partialFingerprints['cdk8sMlCheck/v1']);
    expect(new Set(prints).size).toBe(results.length);
  });

  test('files are addresses below the root, or of their own', () => {
    const uris = results.map(({ locations }) => locations[0].physicalLocation.artifactLocation);
    expect(uris).toEqual(
      expect.arrayContaining([
        { uri: 'dist/train.yaml', uriBaseId: '%SRCROOT%' },
        { uri: 'broken%20one.yaml', uriBaseId: '%SRCROOT%' },
        { uri: 'file:///abs/olute.yaml' },
        { uri: 'standard-input' },
      ]),
    );
  });

  test('what is waived is suppressed with its reason, and what is known is unchanged', () => {
    expect(results.flatMap(({ suppressions }) => suppressions ?? [])).toEqual([
      { kind: 'inSource', status: 'accepted', justification: 'Ends <by> "itself" & soon' },
    ]);
    expect(results.filter(({ baselineState }) => baselineState === 'unchanged')).toHaveLength(1);
  });
});

describe('junit', () => {
  const parse = (each: Report) =>
    new DOMParser({
      onError: (level, message) => {
        throw new Error(`${level}: ${message}`);
      },
    }).parseFromString(junitReport(each), 'text/xml').documentElement!;
  const root = parse({ ...everything, failOn: Severity.WARNING });
  const suites = [...root.getElementsByTagName('testsuite')];
  const numbersOf = (element: { getAttribute(name: string): string | null }) =>
    ['tests', 'failures', 'skipped'].map((name) => Number(element.getAttribute(name)));

  test('is XML whatever the manifests say', () => {
    expect(root.tagName).toBe('testsuites');
    expect(parse(nothing).getElementsByTagName('testcase')).toHaveLength(0);
    const [hostile] = [...root.getElementsByTagName('testcase')].filter((each) =>
      each.getAttribute('name')!.includes(']]>'),
    );
    expect(hostile.getAttribute('name')).toContain('\\u001b[31m::error::a|b]]>&amp;');
  });

  test('counts what it holds', () => {
    for (const suite of suites) {
      const held = ['testcase', 'failure', 'skipped'].map((name) => suite.getElementsByTagName(name).length);
      expect([suite.getAttribute('name'), ...numbersOf(suite)]).toEqual([suite.getAttribute('name'), ...held]);
    }
    const sums = suites.map(numbersOf).reduce((sum, each) => sum.map((number, index) => number + each[index]));
    expect(numbersOf(root)).toEqual(sums);
  });

  test('has a test that passes for a file without findings', () => {
    const [clean] = suites.filter((suite) => suite.getAttribute('name') === 'dist/clean.yaml');
    expect(numbersOf(clean)).toEqual([1, 0, 0]);
  });

  test('fails from the level on that the check fails from', () => {
    const failures = (failOn: Report['failOn']) => parse({ ...report, failOn }).getElementsByTagName('failure').length;
    expect([failures(Severity.ERROR), failures(Severity.WARNING), failures('none')]).toEqual([3, 8, 0]);
  });
});

describe('github', () => {
  const lines = githubReport(report).trimEnd().split('\n');

  test('is one command for each finding that counts, and a line of numbers', () => {
    expect(lines.filter((line) => line.startsWith('::warning file='))).toHaveLength(5);
    expect(lines.filter((line) => /^::error (file=[^,]+,line=\d+,)?title=[a-z-]+::/.test(line))).toHaveLength(3);
    expect(lines.filter((line) => !line.startsWith('::'))).toHaveLength(2);
    expect(lines[0]).toBe(
      '::warning file=dist/train.yaml,line=5,title=gpu-run-deadline::Job ml/plain holds GPUs and has no deadline. Set activeDeadlineSeconds to the longest that the run may take.',
    );
  });

  test('escapes what would end a command or a property', () => {
    const [odd] = githubReport({
      ...report,
      findings: [{ ...report.findings[0], file: 'a,b:c%.yaml', message: 'is 100%\r\n::error::x.' }],
    }).split('\n');
    expect(odd).toMatch(/^::warning file=a%2Cb%3Ac%25\.yaml,line=5,title=/);
    expect(odd).toContain('is 100%25');
    expect(odd).not.toContain('\r');
  });
});

describe('markdown', () => {
  const text = markdownReport(report);
  const rows = text.split('\n').filter((line) => line.startsWith('|'));

  test('is a table with a row for each finding that counts', () => {
    expect(rows).toHaveLength(2 + 8);
    expect(rows.filter((row) => row.match(/(?<!\\)\|/g)?.length !== 6)).toEqual([]);
  });

  test('shows what manifests say and does not obey it', () => {
    expect(rows.join('\n')).toContain('&#35;&#35; $&#123;x&#125;');
    expect(text).not.toMatch(/<(?!\/?$)\w|\u001b/);
  });

  test('has no table without findings', () => {
    expect(markdownReport({ ...nothing, objects: 3, files: ['a'] })).toBe(
      '## cdk8s-ml-check\n\n**Nothing found in 3 objects of 1 file.**\n',
    );
  });
});
