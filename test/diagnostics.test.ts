import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import 'cdk8s-ml';
import { knownRules } from '../src/core/diagnostics';

const rules = [...knownRules().values()];
const tests = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && name !== 'diagnostics.test.ts')
  .map((name) => readFileSync(join(__dirname, name), 'utf8'))
  .join('\n');

describe('the diagnostics', () => {
  test('are many, and each has a name of its own', () => {
    expect(rules.length).toBeGreaterThan(80);
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  });

  test.each(rules)('$id says in one sentence why it matters', ({ id, name, why, source }) => {
    expect(id).toMatch(/^(COR|CAT|KUB|CLU|GPU|STO|TEN|TRN|SRV|PIP|MON)\d{3}$/);
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(why).toMatch(/^\S.*\.$/);
    if (source !== undefined) expect(source).toMatch(/^https:\/\//);
  });

  test.each(rules)('$id is provoked by a test', ({ id }) => {
    expect(tests).toContain(id);
  });
});
