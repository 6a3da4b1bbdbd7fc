import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Testing, Yaml } from 'cdk8s';
import type { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { expectValidManifest } from './schema';

const EXAMPLES = join(__dirname, '..', 'examples');
const update = process.env.UPDATE_EXPECTED === '1';

/** Folders with a chart of their own; the platform is tested as a whole app below. */
const names = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'chart.ts')));

function chartOf(name: string): Chart {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const exported = Object.values(
    require(join(EXAMPLES, name, 'chart')) as Record<string, new (scope: Construct, id: string) => Chart>,
  );
  return new exported[0](new App(), name);
}

describe('examples', () => {
  test('are all there', () => {
    expect(names.length).toBeGreaterThanOrEqual(6);
  });

  test('are never rewritten by CI', () => {
    expect(update && process.env.CI !== undefined).toBe(false);
  });

  test.each(names)('%s renders the YAML committed beside it', (name) => {
    const file = join(EXAMPLES, name, `${name}.k8s.yaml`);
    const rendered = Yaml.stringify(...(Testing.synth(chartOf(name)) as object[]));
    if (update) writeFileSync(file, rendered);
    expect(rendered).toBe(readFileSync(file, 'utf8'));
  });

  test.each(names)('%s is valid against the schemas of its kinds', (name) => {
    const objects = Testing.synth(chartOf(name)) as object[];
    expect(objects.length).toBeGreaterThan(0);
    for (const object of objects) expectValidManifest(object);
  });

  test.each(names)('%s is short enough to be copied', (name) => {
    expect(readFileSync(join(EXAMPLES, name, 'chart.ts'), 'utf8').split('\n').length).toBeLessThanOrEqual(60);
  });
});
