import { sourceOf } from '../../src/inventory/source';
import { counts } from '../../src/policy/finding';
import { baselineText, readBaseline } from '../../src/report/baseline';
import { makeReport } from '../../src/report/make-report';
import { job } from './sample';

const RULES = ['gpu-run-deadline'];
const findings = (text: string) => makeReport([sourceOf('a.yaml', text)], { rules: RULES }).findings;
const baselineOf = (text: string) => readBaseline(baselineText(findings(text)), 'b.json');
const newOnes = (text: string, before: string) =>
  makeReport([sourceOf('a.yaml', text)], { rules: RULES, baseline: baselineOf(before) })
    .findings.filter(counts)
    .map(({ object }) => object?.name);

test('what was there is known, wherever it stands now and whatever version it has', () => {
  expect(newOnes(job('a'), job('a'))).toEqual([]);
  expect(newOnes(`# more\n# lines\n${job('b')}---\n${job('a')}`, job('a'))).toEqual(['b']);
  expect(newOnes(job('a').replace('batch/v1', 'batch/v1beta1'), job('a'))).toEqual([]);
});

test('another object, namespace or rule is new', () => {
  expect(newOnes(job('b'), job('a'))).toEqual(['b']);
  expect(newOnes(job('a').replace('ml', 'other'), job('a'))).toEqual(['a']);
});

test('as many are known as there were', () => {
  const two = `${job('a')}---\n${job('a')}`;
  expect(newOnes(`${two}---\n${job('a')}`, two)).toEqual(['a']);
});

test('what is waived is not written, and uses nothing up', () => {
  const waived = job('a', `cdk8s-ml.dev/waive-gpu-run-deadline: 'because'`);
  expect(baselineOf(waived).size).toBe(0);
  expect(newOnes(`${waived}---\n${job('a')}`, job('a'))).toEqual([]);
});

test('is the same text for the same findings in whatever order', () => {
  const [one, two] = [`${job('a')}---\n${job('b')}`, `${job('b')}---\n${job('a')}`];
  expect(baselineText(findings(one))).toBe(baselineText(findings(two)));
});

test.each([
  ['', /b.json: is not JSON/],
  ['[]', /is no baseline/],
  ['{}', /is no baseline/],
  ['{"version": 2}', /has version 2, and this is version 1/],
  ['{"version": 1}', /has no findings/],
  ['{"version": 1, "findings": {"x": "y"}}', /has no number for 'x'/],
])('%s is refused', (text, message) => {
  expect(() => readBaseline(text, 'b.json')).toThrow(message);
});
