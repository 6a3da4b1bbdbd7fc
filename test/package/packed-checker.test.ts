import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmptyApp } from './empty-app';

// The checker as a user gets it: packed, beside the library that it shares a floor with, and run by the cdk8s CLI.

const app = new EmptyApp();
const BIN = app.packed('cdk8s-ml-check', 'bin', 'cdk8s-ml-check.js');
const WITHOUT_DEADLINE = `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml }
spec:
  template:
    spec: { restartPolicy: Never, containers: [{ name: main, image: 'a/b:1', resources: { limits: { nvidia.com/gpu: 1 } } }] }
`;
const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'check', 'package.json'), 'utf8')) as {
  version: string;
};

function check(...args: string[]) {
  return spawnSync(process.execPath, [BIN, ...args], { cwd: app.folder, encoding: 'utf8' });
}

beforeAll(() => {
  app.install(['cdk8s-ml', 'cdk8s-ml-check']);
  cpSync(join(__dirname, 'app'), app.folder, { recursive: true });
  mkdirSync(join(app.folder, 'manifests'));
  writeFileSync(join(app.folder, 'manifests', 'train.yaml'), WITHOUT_DEADLINE);
}, 120_000);

afterAll(() => app.remove());

describe('the packed checker', () => {
  test('contains the compiled checker, its types and schema, and no tests', () => {
    for (const file of ['LICENSE', 'README.md', 'lib/index.js', 'lib/index.d.ts', 'schema/report.v1.schema.json'])
      expect([file, existsSync(app.packed('cdk8s-ml-check', file))]).toEqual([file, true]);
    for (const folder of ['test', 'src'])
      expect([folder, existsSync(app.packed('cdk8s-ml-check', folder))]).toEqual([folder, false]);
    expect(statSync(BIN).mode & 0o111).not.toBe(0);
  });

  test('checks from the command line', () => {
    expect(check('--version').stdout).toBe(`${version}\n`);
    const { status, stdout } = check('manifests', '--rules', 'gpu-run-deadline', '--fail-on', 'warning');
    expect([status, stdout]).toEqual([
      1,
      expect.stringContaining('manifests/train.yaml:5 spec.activeDeadlineSeconds (gpu-run-deadline)'),
    ]);
    expect(check('missing')).toMatchObject({ status: 2 });
  });

  test('reads standard input', () => {
    const args = [BIN, '-', '--rules', 'gpu-run-deadline'];
    const { stdout } = spawnSync(process.execPath, args, { input: WITHOUT_DEADLINE, encoding: 'utf8' });
    expect(stdout).toContain('standard input:5 spec.activeDeadlineSeconds');
  });

  test('says nothing when nobody reads its output any more', () => {
    const many = join(app.folder, 'many.yaml');
    writeFileSync(many, Array.from({ length: 3000 }, (_, i) => WITHOUT_DEADLINE.replace('train', `t${i}`)).join('---'));
    const pipe = `"${process.execPath}" "${BIN}" "${many}" -f json | head -n 1`;
    const { stdout, stderr } = spawnSync('bash', ['-c', pipe], { encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['{\n', '']);
  }, 60_000);

  test('starts without what a small run does not need', () => {
    const script = `
      const { main } = require('cdk8s-ml-check/lib/cli/main.js');
      const quiet = { write() {} };
      main(process.argv.slice(1), { stdout: quiet, stderr: quiet, env: {}, now: () => new Date(0) });
      const loaded = Object.keys(require.cache).map((file) => file.match(/.*node_modules\\/((?:@[^/]+\\/)?[^/]+)/)?.[1]);
      console.log(JSON.stringify([...new Set(loaded)]));`;
    const loadedBy = (...args: string[]) =>
      JSON.parse(app.run(process.execPath, ['-e', script, '--', ...args])) as string[];
    expect(loadedBy('--version')).not.toContain('js-yaml');
    const small = loadedBy('manifests');
    expect(small).toContain('js-yaml');
    expect(small).not.toEqual(expect.arrayContaining(['cdk8s']));
    expect(small).not.toEqual(expect.arrayContaining(['cdk8s-plus-28']));
    expect(small).not.toEqual(expect.arrayContaining(['cli-progress']));
  });

  test('has types for tests of an app', () => {
    const test = `import { findingsOf } from 'cdk8s-ml-check';\nimport { ml } from './main';\nexport const rules: string[] = findingsOf(ml).map(({ rule }) => rule);\n`;
    writeFileSync(join(app.folder, 'checked.ts'), test);
    app.run('npx', ['tsc', '--outDir', 'build']);
    const rules = app.run(process.execPath, ['-p', `JSON.stringify(require('./build/checked.js').rules)`]);
    expect(JSON.parse(rules)).toEqual(expect.any(Array));
  }, 120_000);

  describe('as a validation of cdk8s', () => {
    const synth = (rules: string, failOn: string) => {
      const config = {
        language: 'typescript',
        app: 'node synth.js',
        output: 'dist',
        validations: [
          { package: './node_modules/cdk8s-ml-check', version, class: 'ManifestCheck', properties: { rules, failOn } },
        ],
      };
      writeFileSync(join(app.folder, 'cdk8s.yaml'), JSON.stringify(config));
      return spawnSync('npx', ['cdk8s', 'synth', '--validate', '--no-check-upgrade'], {
        cwd: app.folder,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1' },
      });
    };

    beforeAll(() => {
      const source = `const { App, Chart, ApiObject } = require('cdk8s');
        const app = new App();
        const spec = ${JSON.stringify({
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [{ name: 'main', image: 'a/b:1', resources: { limits: { 'nvidia.com/gpu': 1 } } }],
            },
          },
        })};
        new ApiObject(new Chart(app, 'ml'), 'train', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'train' }, spec });
        app.synth();`;
      writeFileSync(join(app.folder, 'synth.js'), source);
    });

    test('fails cdk8s synth on a finding, naming the construct of a stock app', () => {
      const { status, stdout } = synth('gpu-run-deadline', 'warning');
      expect(stdout).toMatch(/gpu-run-deadline \(1 occurrences\)/);
      expect(stdout).toContain('Construct Path: ml/train');
      expect(stdout).toMatch(
        /> warning: line \d+, spec\.activeDeadlineSeconds: Job train holds GPUs and has no deadline\./,
      );
      expect(status).toBe(2);
    }, 60_000);

    test('passes when nothing is at the level', () => {
      const { status, stdout } = synth('gpu-run-deadline', 'error');
      expect([status, stdout]).toEqual([0, expect.stringContaining('Validations ended')]);
    }, 60_000);

    test('says what is wrong with its properties', () => {
      const { status, stdout, stderr } = synth('gpu-run-deadlin', 'error');
      expect([status === 0, stdout + stderr]).toEqual([
        false,
        expect.stringContaining("no rule or pack 'gpu-run-deadlin' (did you mean 'gpu-run-deadline'?)"),
      ]);
    }, 60_000);
  });
});
