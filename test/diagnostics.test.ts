import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '../src/core/diagnostics';
import { knownRules } from '../src/core/diagnostics';

const ROOT = join(__dirname, '..');
const SRC = join(ROOT, 'src');
const AREAS = ['COR', 'CAT', 'KUB', 'CLU', 'GPU', 'STO', 'TEN', 'TRN', 'SRV', 'PIP', 'MON'];

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const definitions = files.filter((file) => /(diagnostics|core\/rules)\.ts$/.test(file));
// eslint-disable-next-line @typescript-eslint/no-require-imports
for (const file of definitions) require(join(SRC, file));

const rules: Rule[] = [...knownRules().values()];

/** The source of everything but the definitions. */
const uses = files
  .filter((file) => !definitions.includes(file) || file === 'core/diagnostics.ts')
  .map((file) => readFileSync(join(SRC, file), 'utf8'))
  .join('\n');

const constants = definitions.flatMap((file) =>
  [...readFileSync(join(SRC, file), 'utf8').matchAll(/^export const (\w+) = (?:invalid|unsafe)\(\s*'(\w+)'/gm)].map(
    ([, constant, id]) => ({ constant, id }),
  ),
);

describe('diagnostics', () => {
  test('are all found', () => {
    expect(rules.length).toBeGreaterThan(80);
    expect(constants.map(({ id }) => id).sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  test('have an area and a number of their own', () => {
    for (const { id } of rules)
      expect([id, AREAS.includes(id.slice(0, 3)), /^[A-Z]{3}\d{3}$/.test(id)]).toEqual([id, true, true]);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  test('have kebab-case names of their own', () => {
    for (const { name } of rules) expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
    // the name stands behind `cdk8s-ml.dev/waive-` in an annotation key
    for (const { name } of rules) expect(`waive-${name}`.length).toBeLessThanOrEqual(63);
  });

  test('say why, in one sentence that ends with a period', () => {
    for (const { why } of rules) expect(why).toMatch(/^\S.*\.$/);
  });

  test('name a page that says so by its address', () => {
    for (const { source } of rules) if (source !== undefined) expect(new URL(source).protocol).toBe('https:');
  });

  test('are each used by some check', () => {
    expect(constants.filter(({ constant }) => !new RegExp(`\\b${constant}\\b`).test(uses))).toEqual([]);
  });

  test('are listed in docs/diagnostics.md as they are', () => {
    expect(() => execFileSync(process.execPath, ['scripts/diagnostics.mjs', '--check'], { cwd: ROOT })).not.toThrow();
  });

  test('are each tested under their id', () => {
    const tests = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts') && file !== 'diagnostics.test.ts')
      .map((file) => readFileSync(join(__dirname, file), 'utf8'))
      .join('\n');
    expect(rules.map(({ id }) => id).filter((id) => !tests.includes(id))).toEqual([]);
  });
});
