import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Testing, Yaml } from 'cdk8s';
import type { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { addPlatform } from '../examples/platform/platform';
import { expectValidManifest } from './schema';

const EXAMPLES = join(__dirname, '..', 'examples');
const update = process.env.UPDATE_EXPECTED === '1';

/** Folders with a chart of their own; the platform is tested as a whole app below. */
const names = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'chart.ts')));

function chartOf(name: string): Chart {
  const exported = jest.requireActual<Record<string, new (scope: Construct, id: string) => Chart>>(
    join(EXAMPLES, name, 'chart'),
  );
  const [ExampleChart] = Object.values(exported);
  return new ExampleChart(new App(), name);
}

/** The charts of the reference platform by the name of the file that synth writes. */
function platformCharts(): [name: string, yaml: string, objects: object[]][] {
  const app = new App();
  addPlatform(app);
  return app.charts.map((chart) => {
    const objects = Testing.synth(chart) as object[];
    return [chart.node.id, Yaml.stringify(...objects), objects];
  });
}

describe('the reference platform', () => {
  test.each(platformCharts())('renders %s as committed beside it', (name, yaml) => {
    const file = join(EXAMPLES, 'platform', `${name}.k8s.yaml`);
    if (update) writeFileSync(file, yaml);
    expect(yaml).toBe(readFileSync(file, 'utf8'));
  });

  test.each(platformCharts())('%s is valid for the version of its cluster', (_name, _yaml, objects) => {
    expect(objects.length).toBeGreaterThan(0);
    for (const object of objects) expectValidManifest(object, '1.35');
  });
});

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
