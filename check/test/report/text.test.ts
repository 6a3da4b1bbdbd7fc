import { sourceOf } from '../../src/inventory/source';
import type { Finding } from '../../src/policy/finding';
import { Severity } from '../../src/policy/finding';
import { Need } from '../../src/policy/rule';
import { makeReport } from '../../src/report/make-report';
import type { Report } from '../../src/report/report';
import { textReport } from '../../src/report/text';
import { count, totals } from '../../src/report/wording';
import { job, sampleReport } from './sample';

const report = sampleReport();
const lines = textReport(report).split('\n');

test('findings stand together by object, with file and line, why and fix', () => {
  const start = lines.indexOf('Job ml/plain  dist/train.yaml');
  expect(lines.slice(start, start + 7)).toEqual([
    'Job ml/plain  dist/train.yaml',
    '  warning  holds GPUs and has no deadline.',
    '           dist/train.yaml:5 spec.activeDeadlineSeconds (gpu-run-deadline)',
    expect.stringMatching(/^ {2}why {6}A run that hangs/),
    expect.stringMatching(/^ {11}https:\/\/kubernetes.io/),
    '  fix      Set activeDeadlineSeconds to the longest that the run may take.',
    '',
  ]);
});

test('why is said once for each rule, and the props only of objects that a construct made', () => {
  const start = lines.indexOf('Job ml/ours  dist/train.yaml  construct demo/ours');
  expect(lines.slice(start + 1, start + 6)).toEqual([
    '  warning  holds GPUs and has no deadline.',
    '           dist/train.yaml:13 spec.activeDeadlineSeconds (gpu-run-deadline)',
    '  fix      Set activeDeadlineSeconds to the longest that the run may take.',
    '  props    Set activeDeadline.',
    '',
  ]);
  expect(lines.filter((line) => line.includes('Set activeDeadline.'))).toHaveLength(1);
});

test('what is waived or known is only counted', () => {
  const text = lines.join('\n');
  expect(text).not.toMatch(/ml\/waived|ml\/known/);
  expect(text).toMatch(/\(1 waived, 1 known from the baseline\)\.\n$/);
});

test('what manifests say never moves the cursor or starts a line', () => {
  const text = textReport(report);
  expect(text).not.toMatch(/[\u001b\r]/);
  expect(text).toContain('\\u001b[31m::error::');
});

test('colours are there when they are asked for, and only then', () => {
  expect(textReport(report)).not.toContain('\u001b');
  expect(textReport(report, { color: true })).toContain('\u001b[33m  warning  ');
});

test('lines are broken between words where there is a width', () => {
  const broken = textReport(report, { width: 60 }).split('\n');
  const tooLong = broken.filter((line) => line.length > 60 && line.trim().includes(' ') && line.startsWith('     '));
  expect(tooLong.filter((line) => !line.includes('/'))).toEqual([]);
  expect(textReport(report, { width: 60 }).replace(/\s+/g, ' ')).toBe(textReport(report).replace(/\s+/g, ' '));
});

test('rules that were not judged, kinds that are not known and rules switched off are said in a line each', () => {
  const more: Report = {
    ...report,
    unknown: [
      { rule: 'one', needs: [Need.POOLS] },
      { rule: 'two', needs: [Need.PROFILE] },
      { rule: 'three', needs: [Need.POOLS] },
    ],
    changes: [{ rule: 'four', severity: 'off', reason: 'not here' }],
  };
  const last = textReport(more).trimEnd().split('\n').slice(-5, -1);
  expect(last).toEqual([
    'Not judged without a profile of the cluster (--profile): two.',
    'Not judged without knowing the nodes (--profile, or NodePools in the set): one, three.',
    'Of kinds that are not known, 1 object: Widget of example.com/v1 (1).',
    'Switched off: four (not here).',
  ]);
});

test('a clean report is one line', () => {
  const clean = makeReport([sourceOf('a.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n')], {
    rules: ['gpu-run-deadline'],
  });
  expect(textReport(clean)).toBe('Nothing found in 1 object of 1 file.\n');
});

test.each([
  [[Severity.ERROR, Severity.ERROR, Severity.INFO], {}, '2 errors, 1 info in'],
  [[Severity.WARNING], {}, '1 warning in'],
  [[Severity.ERROR], { known: true }, 'Nothing else found in'],
])('numbers of %s are said', (severities, more, expected) => {
  const findings = severities.map((severity) => ({ ...report.findings[0], severity, ...more }) as Finding);
  expect(totals({ ...report, findings })).toContain(expected);
});

test('one is no plural', () => {
  expect([count(0, 'file'), count(1, 'file'), count(2, 'file')]).toEqual(['0 files', '1 file', '2 files']);
});

test('the object of a finding is named as kubectl does', () => {
  const bare = makeReport([sourceOf('a.yaml', job('x').replace('name: x, namespace: ml', 'generateName: x-'))], {
    rules: ['gpu-run-deadline'],
  });
  expect(textReport(bare)).toMatch(/^Job x-\* {2}a\.yaml\n/);
});
