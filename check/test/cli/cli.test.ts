import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../src/policy/rules';
import { job } from '../report/sample';
import { run, useFolder } from './command-line';

const CLEAN = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: ml }\n';
const ONE = ['--rules', 'gpu-run-deadline'];
useFolder({
  'dist/train.yaml': job('train'),
  'dist/clean.yaml': CLEAN,
  'clean/deep/clean.yml': CLEAN,
  'clean/cdk8s.yaml': 'language: typescript\napp: node main.js\n',
  'empty/readme.md': '# nothing',
  'broken.yaml': 'a: [',
  'utf16.yaml': '\ufeffa\u0000',
  'crds/widget.yaml': `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  names: { kind: Widget, plural: widgets }
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { size: { type: integer } } } } } }
`,
  'widget.yaml': 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w }\nspec: { sise: 3 }\n',
});

describe('exit codes', () => {
  test.each([
    ['nothing found', ['clean'], 0],
    ['findings below the level', ['dist', ...ONE], 0],
    ['findings at the level', ['dist', ...ONE, '--fail-on', 'warning'], 1],
    ['findings above the level', ['broken.yaml', '--fail-on', 'info'], 1],
    ['findings, and no level', ['broken.yaml', '--fail-on', 'none'], 0],
    ['a file that is none', ['broken.yaml'], 1],
    ['a path that is not there', ['missing', 'clean'], 2],
    ['a path that is not there, and no level', ['missing', '--fail-on', 'none'], 2],
    ['a folder without manifests', ['empty'], 2],
    ['an unknown option', ['--formt', 'json'], 2],
    ['an unknown format', ['--format', 'html'], 2],
    ['an option without its value', ['--output'], 2],
    ['an unknown rule', ['--rules', 'gpu'], 2],
    ['a baseline that is not there', ['--baseline', 'none.json'], 2],
    ['a baseline to write without its name', ['--write-baseline'], 2],
    ['a configuration that is not there', ['--config', 'none.yaml'], 2],
    ['schemas that are not there', ['--schemas', 'none'], 2],
    ['a profile that is not there', ['--profile', 'none.json'], 2],
    ['a profile that is none', ['--profile', 'broken.yaml'], 2],
    ['an output that cannot be written', ['clean', '--output', 'broken.yaml/x'], 2],
    ['an unknown rule to explain', ['explain', 'gpu'], 2],
    ['nothing to explain', ['explain'], 2],
    ['help', ['--help'], 0],
    ['the version', ['--version'], 0],
  ])('%s', (_, args, expected) => {
    const { code, stdout, stderr } = run(args);
    expect([code, stdout + stderr]).toEqual([expected, expect.stringMatching(/\S/)]);
    expect(stderr).not.toMatch(/\n {4}at |should not happen/);
  });
});

describe('messages', () => {
  test.each([
    [['--formt', 'json'], 'Unknown argument: formt (did you mean --format?)'],
    [['--format', 'html'], 'Given: "html", Choices: "text", "json"'],
    [['--rules', 'gpu-run-deadlin'], "no rule or pack 'gpu-run-deadlin' (did you mean 'gpu-run-deadline'?)"],
    [['--baseline', 'none.json'], 'Write it with --write-baseline'],
    [['explain', 'gpu-run-dedline'], 'Did you mean gpu-run-deadline?'],
    [['--schemas', 'none'], 'there is no none'],
    [['explain'], 'explain needs the name of a rule'],
    [['expain', 'gpu-run-deadline'], "'expain' is no path and no command (did you mean explain?)"],
  ])('%s', (args, message) => {
    expect(run(args).stderr).toContain(message);
  });

  test('say of a folder that is missing that it is, and go on with the rest', () => {
    const { stdout } = run(['missing', 'broken.yaml']);
    expect(stdout).toMatch(/missing\n.*cannot be read: there is no such file/);
    expect(stdout).toContain('broken.yaml:2 (unparsable-document)');
  });
});

test('without dist it says what belongs there', () => {
  const before = process.cwd();
  process.chdir('clean');
  try {
    const { code, stderr } = run([]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('dist is what cdk8s synth writes')]);
  } finally {
    process.chdir(before);
  }
});

test('dist is checked unless there are paths, and the files of tools are left alone', () => {
  expect(run(ONE).stdout).toContain('Job ml/train  dist/train.yaml');
  expect(run(['clean', ...ONE]).stdout).toBe('Nothing found in 1 object of 1 file.\n');
});

test('a file is read once, however it is named', () => {
  expect(run(['clean', './clean/deep', 'clean/deep/clean.yml']).stdout).toContain('in 1 object of 1 file');
});

test('--output writes to a file, and one line of numbers for people', () => {
  const { code, stdout, stderr } = run([...ONE, '--format', 'json', '--output', 'out/report.json']);
  expect([code, stdout, stderr]).toEqual([0, '', '1 warning in 2 objects of 2 files.\n']);
  expect(JSON.parse(readFileSync('out/report.json', 'utf8'))).toMatchObject({ version: 1 });
});

test.each([
  ['json', /^\{\n {2}"version": 1/],
  ['sarif', /^\{\n {2}"\$schema": "https:.*sarif-schema-2\.1\.0\.json"/],
  ['junit', /^<\?xml/],
  ['github', /^::warning file=dist\/train.yaml/],
  ['markdown', /^## cdk8s-ml-check/],
  ['text', /^Job ml\/train/],
])('--format %s', (format, expected) => {
  expect(run([...ONE, '--format', format]).stdout).toMatch(expected);
});

test('of an option that is given twice the last counts, and of rules all', () => {
  expect(run([...ONE, '-f', 'json', '-f', 'github']).stdout).toMatch(/^::warning/);
  const { stdout } = run(['dist', '--rules', 'clutter', '--rules', 'gpu-run-deadline', '-f', 'json']);
  const alone = run(['dist', '--rules', 'clutter', '-f', 'json']).stdout;
  const numberOf = (text: string) => (JSON.parse(text) as { summary: { rules: number } }).summary.rules;
  expect(numberOf(stdout)).toBe(numberOf(alone) + 1);
});

test('a name to take away may follow its option', () => {
  expect(run(['dist', '--rules', '-gpu-run-deadline']).stdout).not.toContain('gpu-run-deadline');
});

test('colours are for terminals, and NO_COLOR and FORCE_COLOR are obeyed', () => {
  const colored = (meets: Parameters<typeof run>[1]) => run(ONE, meets).stdout.includes('\u001b[');
  expect(colored({})).toBe(false);
  expect(colored({ isTTY: true })).toBe(true);
  expect(colored({ isTTY: true, env: { NO_COLOR: '1' } })).toBe(false);
  expect(colored({ isTTY: true, env: { TERM: 'dumb' } })).toBe(false);
  expect(colored({ env: { FORCE_COLOR: '1' } })).toBe(true);
  expect(colored({ isTTY: true, env: { FORCE_COLOR: '0' } })).toBe(false);
});

test('--schemas tells of fields of other kinds', () => {
  expect(run(['widget.yaml']).stdout).toContain('Of kinds that are not known, 1 object: Widget of example.com/v1');
  const { code, stdout } = run(['widget.yaml', '--schemas', 'crds']);
  expect([code, stdout]).toEqual([1, expect.stringContaining('sise')]);
});

describe('a configuration', () => {
  const waiver = `waivers:\n- { rule: gpu-run-deadline, file: dist/train.yaml, reason: because, until: 2026-12-01 }\n`;
  afterEach(() => rmSync('cdk8s-ml-check.yaml', { force: true }));

  test('is read where the command runs, or where --config says', () => {
    writeFileSync('other.yaml', waiver);
    expect(run([...ONE, '--config', 'other.yaml']).stdout).toContain('(1 waived)');
    expect(run(ONE).stdout).not.toContain('waived');
    writeFileSync('cdk8s-ml-check.yaml', waiver);
    expect(run(ONE).stdout).toContain('(1 waived)');
  });

  test('ends waivers on the day of the clock', () => {
    writeFileSync('cdk8s-ml-check.yaml', waiver);
    const both = ['--rules', 'gpu-run-deadline,expired-waiver'];
    expect(run(both, { today: '2026-12-01' }).stdout).toContain('(1 waived)');
    const { stdout } = run(both, { today: '2026-12-02' });
    expect(stdout).toContain('waives gpu-run-deadline until 2026-12-01, which is over.');
    expect(stdout).toMatch(/2 warnings in/);
  });

  test('that is wrong is refused with its places', () => {
    writeFileSync('cdk8s-ml-check.yaml', 'waiver: []\nrules: { a: 1 }\n');
    const { code, stderr } = run(ONE);
    expect(code).toBe(2);
    expect(stderr).toMatch(/cdk8s-ml-check.yaml:1: waiver is no key.*\n.*yaml:2: rules.a/);
  });
});

describe('a baseline', () => {
  const known = ['dist', ...ONE, '--fail-on', 'warning', '--baseline', 'known/base.json'];

  test('is written, and then only what is new fails', () => {
    expect(run([...known, '--write-baseline'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'Wrote 1 finding to known/base.json.\n',
    });
    expect(run(known)).toMatchObject({ code: 0, stdout: expect.stringContaining('(1 known from the baseline)') });
    writeFileSync('dist/train.yaml', `# moved\n\n${job('train')}---\n${job('second')}`);
    const { code, stdout } = run(known);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Job ml\/second/);
    expect(stdout).not.toContain('ml/train');
  });

  test('is not written of half the input', () => {
    const { code, stderr } = run(['missing', '--baseline', 'half.json', '--write-baseline']);
    expect([code, existsSync('half.json')]).toEqual([2, false]);
    expect(stderr).toContain('missing cannot be read');
  });
});

test('explain says all of a rule, also by the fact it stands for', () => {
  const { stdout } = run(['explain', 'gpu-run-deadline']);
  expect(stdout).toMatch(
    /^gpu-run-deadline\n {2}why .*\n.*https:\/\/.*\n {2}fix .*\n {2}props .*\n {2}packs {2}runaway, pending\n/,
  );
  expect(stdout).toContain(`cdk8s-ml.dev/waive-gpu-run-deadline: 'why it is right here'`);
  expect(run(['explain', 'ml-cost-001']).stdout).toContain('gpu-run-deadline\n');
});

test('rules lists every rule below its pack', () => {
  const { stdout } = run(['rules']);
  for (const { name } of RULES) expect(stdout).toContain(`\n  ${name}\n`);
  expect(stdout).toMatch(/^reading\n/);
});

test('help names every option, the packs and the exit codes', () => {
  const { stdout } = run(['--help']);
  for (const option of 'format output fail-on rules profile complete schemas config baseline write-baseline'.split(' '))
    expect(stdout).toContain(`--${option} `);
  expect(stdout).toMatch(/Exit codes: 0 .* 1 .* 2 /);
  expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
});

test('the version is that of the package', () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
  expect(run(['--version']).stdout).toBe(`${version}\n`);
});
