import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmptyApp } from './empty-app';

// The library as a user gets it: packed, unpacked into an app that has nothing else than what the README tells to install.

const TASKS = join(__dirname, 'app');
const empty = new EmptyApp();
const app = empty.folder;
const run = (command: string, args: string[]): string => empty.run(command, args);

beforeAll(() => {
  cpSync(TASKS, app, { recursive: true });
  empty.install(['cdk8s-ml']);
}, 120_000);

afterAll(() => empty.remove());

describe('the packed library', () => {
  test('contains the compiled library, its types, its API description and no tests', () => {
    const packed = empty.packed('cdk8s-ml');
    for (const file of ['.jsii', 'LICENSE', 'README.md', 'lib/src/index.js', 'lib/src/index.d.ts']) {
      expect([file, existsSync(join(packed, file))]).toEqual([file, true]);
    }
    for (const folder of ['test', 'examples', 'lib/test'])
      expect([folder, existsSync(join(packed, folder))]).toEqual([folder, false]);
    const sources = readdirSync(join(packed, 'src'), { recursive: true, encoding: 'utf8' });
    expect(sources.filter((file) => file.includes('.')).sort()).toEqual([
      'training/scripts/elastic_launch.py',
      'training/scripts/launch_run.py',
      'training/scripts/preflight.py',
      'training/scripts/preflight_bandwidth.py',
      'training/scripts/ray_launch.py',
      'training/scripts/xgboost_launch.py',
    ]);
  });

  test('finds the scripts that run in pods', () => {
    const program = `
      const { Duration, Size, Testing } = require('cdk8s');
      const { Cpu } = require('cdk8s-plus-28');
      const { DistributedTraining, Framework } = require('cdk8s-ml');
      const chart = Testing.chart();
      new DistributedTraining(chart, 'trees', {
        framework: Framework.xgboost(), numNodes: 2, image: 'a/b:1', command: ['python3', 'train.py'],
        cpu: Cpu.units(4), memory: Size.gibibytes(8), activeDeadline: Duration.hours(1),
      });
      console.log(Testing.synth(chart).find(({ kind }) => kind === 'ConfigMap').data['xgboost_launch.py']);`;
    const script = readFileSync(join(__dirname, '../../src/training/scripts/xgboost_launch.py'), 'utf8');
    expect(run('node', ['-e', program]).trim()).toBe(script.trim());
  });

  test('type-checks in an app of a user', () => {
    run('npx', ['tsc', '--noEmit']);
  }, 120_000);

  test('writes the four core tasks with cdk8s synth', () => {
    run('npx', ['tsc', '--outDir', 'build']);
    run('npx', ['cdk8s', 'synth', '--app', 'node build/main.js', '--output', 'dist']);
    const yaml = readFileSync(join(app, 'dist', 'ml.k8s.yaml'), 'utf8');
    const kinds = [...yaml.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind).sort();
    expect(kinds).toEqual([
      'CronJob',
      'Deployment',
      'HorizontalPodAutoscaler',
      'Job',
      'Job',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Service',
      'Service',
    ]);
  }, 120_000);

  test.each([
    ['train', 12],
    ['distributed', 18],
    ['retrain', 14],
    ['serve', 14],
  ])('needs few enough lines to %s', (task, most) => {
    const source = readFileSync(join(app, 'main.ts'), 'utf8');
    const lines = source.split(`// ${task}\n`)[1].split('\n\n')[0].trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(most);
  });

  test('is snapshot-tested with Testing.synth in the app of a user', () => {
    writeFileSync(join(app, 'jest.config.js'), `module.exports = { testMatch: ['<rootDir>/build/*.test.js'] };\n`);
    const output = run('npx', ['jest', '--ci=false', '--json']);
    const report = JSON.parse(output.slice(output.indexOf('{'))) as {
      numPassedTests: number;
      snapshot: { added: number };
    };
    expect([report.numPassedTests, report.snapshot.added]).toEqual([1, 1]);
  }, 120_000);

  test('names the nearest property when one is misspelt', () => {
    const typo = `const { App, Chart, Duration } = require('cdk8s'); const { GpuTrainingJob } = require('cdk8s-ml');
      new GpuTrainingJob(new Chart(new App(), 'ml'), 'x', { image: 'a/b:1', activeDeadline: Duration.hours(1), comand: ['x'] });`;
    expect(() => run('node', ['-e', typo])).toThrow(/COR002: 'comand' is not a property.*\n.*Fix: Write command\./);
  });
});
