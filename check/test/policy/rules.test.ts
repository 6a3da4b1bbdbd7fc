import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isReadingRule } from '../../src/policy/rule';
import { RULES } from '../../src/policy/rules';
import { EVERY_CASE } from './cases';
import type { RuleCase } from './rule-case';

const FOLDER = join(__dirname, '..', '..', 'src', 'policy', 'rules');

const CASES = join(__dirname, 'cases');
const isCase = (value: unknown): value is RuleCase => typeof value === 'object' && value !== null && 'rule' in value;

const RULE = /^export const \w+: (Rule<|ReadingRule\b)/m;

test('every file of a rule is in the list, in the folder of its group', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && RULE.test(readFileSync(join(FOLDER, file), 'utf8')),
  );
  const named = RULES.map(({ name, group }) => join(group, `${name}.ts`));
  expect([...named].sort()).toEqual(files.sort());
});

test('every rule has a name of its own, a reason with a source, and advice that is a sentence', () => {
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  const incomplete = RULES.filter(
    ({ name, why, fix }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || !why.includes('https://') || !fix.endsWith('.'),
  );
  expect(incomplete.map(({ name }) => name)).toEqual([]);
});

test('every case of a file is in the list', () => {
  const files = readdirSync(CASES, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ts$/.test(file));
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const modules = files.map((file) => require(join(CASES, file)) as { readonly [name: string]: unknown });
  const forgotten = modules.flatMap((module) =>
    Object.entries(module).filter(([, each]) => isCase(each) && !EVERY_CASE.includes(each)),
  );
  expect(forgotten.map(([name]) => name)).toEqual([]);
});

test('every rule has a case', () => {
  const tested = new Set(EVERY_CASE.map(({ rule }) => rule.name));
  const untested = RULES.filter((rule) => !isReadingRule(rule) && !tested.has(rule.name));
  expect(untested.map(({ name }) => name)).toEqual([]);
});
