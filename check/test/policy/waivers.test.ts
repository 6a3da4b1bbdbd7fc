import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { knownRules, Level } from '../../../src/core/diagnostics';
import { check } from '../../src/check';
import { sourceOf, STANDARD_INPUT } from '../../src/inventory/source';
import type { Finding } from '../../src/policy/finding';
import { RULES } from '../../src/policy/rules';
import { ACKNOWLEDGED } from '../../src/policy/waivers/acknowledged';
import { readConfiguration } from '../../src/policy/waivers/configuration';

const NAMES = RULES.map(({ name }) => name);
const FILE = resolve('deploy/train.yaml');
const CHOSEN = RULES.filter(({ name }) => name === 'gpu-run-deadline' || /waiver/.test(name));

const job = (annotations = '{}', more = ''): string => `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml, annotations: ${annotations} }
spec:${more}
  template:
    spec: { restartPolicy: Never, containers: [{ name: main, image: 'a/b:1', resources: { limits: { nvidia.com/gpu: 1 } } }] }
`;
const configuration = (text: string) => readConfiguration(sourceOf(resolve('cdk8s-ml-check.yaml'), text), NAMES);

interface Said {
  readonly config?: string;
  readonly today?: string;
}

function findings(manifest: string, { config, today }: Said = {}): readonly Finding[] {
  const said = { configuration: config === undefined ? undefined : configuration(config), today };
  return check([sourceOf(FILE, manifest)], CHOSEN, said).findings;
}
const told = (found: readonly Finding[]) =>
  found.map(({ rule, waived, message }) => (waived ? [rule, waived.by, waived.reason] : [rule, message]));

describe('on the object', () => {
  test('an annotation with a reason waives', () => {
    const found = findings(job('{ cdk8s-ml.dev/waive-gpu-run-deadline: "A notebook of one afternoon" }'));
    expect(told(found)).toEqual([['gpu-run-deadline', 'annotation', 'A notebook of one afternoon']]);
  });

  test.each(['""', '" "', '"2026"', 'null', 'true'])('%s is no reason, so the finding stays', (reason) => {
    const found = findings(job(`{ cdk8s-ml.dev/waive-gpu-run-deadline: ${reason} }`));
    expect(told(found)).toEqual([
      ['waiver-without-reason', 'waives gpu-run-deadline without a reason.'],
      ['gpu-run-deadline', 'holds GPUs and has no deadline.'],
    ]);
    expect(found[0].path).toBe("metadata.annotations['cdk8s-ml.dev/waive-gpu-run-deadline']");
  });

  test('a rule that is none is said with the nearest', () => {
    const found = findings(job('{ cdk8s-ml.dev/waive-gpu-run-dedline: "because" }'));
    expect(told(found)[0]).toEqual([
      'waiver-for-unknown-rule',
      "waives 'gpu-run-dedline', which is no rule (did you mean 'gpu-run-deadline'?).",
    ]);
  });

  test('a waiver without a finding is one', () => {
    const found = findings(job('{ cdk8s-ml.dev/waive-gpu-run-deadline: because }', '\n  activeDeadlineSeconds: 60'));
    expect(told(found)).toEqual([['unused-waiver', 'waives gpu-run-deadline, which has nothing to say here.']]);
  });

  test('a waiver of a rule that did not run is none', () => {
    const waived = job('{ cdk8s-ml.dev/waive-unknown-field: because }', '\n  activeDeadlineSeconds: 60');
    expect(findings(waived)).toEqual([]);
  });

  test('holds for the manifests that stand in it', () => {
    const inner = job().replace(/\n/g, '\n        ');
    const workflow = `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: w-, annotations: { cdk8s-ml.dev/waive-gpu-run-deadline: because } }
spec:
  entrypoint: a
  templates:
  - name: a
    resource:
      action: create
      manifest: |${inner}
`;
    expect(told(findings(workflow))).toEqual([['gpu-run-deadline', 'annotation', 'because']]);
  });

  test('what Acknowledge leaves is never a finding', () => {
    expect(findings(job('{ cdk8s-ml.dev/waive-long-deadline: because }', '\n  activeDeadlineSeconds: 60'))).toEqual([]);
  });
});

test('what Acknowledge leaves waives the rules that find the same', () => {
  const rules = RULES.filter(({ name }) => name === 'floating-image');
  const manifest = job('{ cdk8s-ml.dev/waive-unpinned-image: because }').replace('a/b:1', 'a/b:latest');
  const { findings: found } = check([sourceOf(FILE, manifest)], rules);
  expect(told(found)).toEqual([['floating-image', 'annotation', 'because']]);
});

test('every diagnostic that can be acknowledged is known', () => {
  const rooms = readdirSync(join(__dirname, '../../../src'), { recursive: true, encoding: 'utf8' });
  for (const file of rooms.filter((each) => /diagnostics\.ts$/.test(each))) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require(join(__dirname, '../../../src', file));
  }
  const unsafe = [...knownRules().values()].filter(({ level }) => level === Level.UNSAFE);
  expect(Object.keys(ACKNOWLEDGED).sort()).toEqual(unsafe.map(({ name }) => name).sort());
  expect(
    Object.values(ACKNOWLEDGED)
      .flat()
      .filter((rule) => !NAMES.includes(rule)),
  ).toEqual([]);
});

describe('in the configuration', () => {
  const waiver = (text: string): string => `waivers:\n- { rule: gpu-run-deadline, reason: because, ${text} }`;

  test.each([
    'object: { kind: Job }',
    'object: { namespace: m*, name: tr?in }',
    'file: train.yaml',
    'file: deploy/*.yaml',
    'file: ./deploy/**',
    'object: { kind: Job }, until: 2026-11-30',
  ])('%s waives', (text) => {
    const found = findings(job(), { config: waiver(text), today: '2026-11-30' });
    expect(told(found)).toEqual([['gpu-run-deadline', 'configuration', 'because']]);
  });

  test.each([
    'object: { kind: Pod }',
    'object: { namespace: other }',
    'object: { name: other }',
    'file: "*.yml"',
    'file: "other/**"',
  ])('%s does not, and is unused', (text) => {
    const found = findings(job(), { config: waiver(text) });
    expect(told(found).map(([rule]) => rule)).toEqual(['unused-waiver', 'gpu-run-deadline']);
    expect(found[0]).toMatchObject({ file: resolve('cdk8s-ml-check.yaml'), path: 'waivers[0]', line: 2 });
  });

  test('a waiver ends with its last day', () => {
    const found = findings(job(), { config: waiver('file: train.yaml, until: 2026-11-29'), today: '2026-11-30' });
    expect(told(found)).toEqual([
      ['expired-waiver', 'waives gpu-run-deadline until 2026-11-29, which is over.'],
      ['gpu-run-deadline', 'holds GPUs and has no deadline.'],
    ]);
  });

  test('a severity is changed, and a rule switched off', () => {
    const change = (severity: string) => `rules: { gpu-run-deadline: { severity: ${severity}, reason: because } }`;
    expect(findings(job(), { config: change('error') })).toMatchObject([{ severity: 'error' }]);
    expect(findings(job(), { config: change('off') })).toEqual([]);
    expect(findings(job(), { config: change("'off'") })).toEqual([]);
  });

  test.each([
    [
      'rules: { gpu-run-deadlin: { severity: off, reason: because } }',
      /:1: .*there is no rule 'gpu-run-deadlin' \(did you/,
    ],
    [
      'rules: { gpu-run-deadline: { severity: fatal, reason: because } }',
      /severity is 'fatal'; give error, warning, info/,
    ],
    ['rules: { gpu-run-deadline: { severity: off } }', /rules.gpu-run-deadline.reason says nothing/],
    ['rules: [1]', /:1: rules is a list where a map is expected/],
    ['waiver: []', /waiver is no key of it \(did you mean 'waivers'\?\); it takes rules, waivers/],
    ['waivers:\n- rule: x', /:2: waivers\[0\] is for no object/],
    ['waivers:\n- object: { kind: Job }', /waivers\[0\].rule is missing/],
    ['waivers:\n- 7', /waivers\[0\] is '7' where a map is expected/],
    ['waivers:\n- rule: x\n  file: a\n  until: 2026-02-30', /:4: waivers\[0\].until is '2026-02-30', no day/],
    ['waivers:\n- rule: x\n  file: a\n  until: 7', /waivers\[0\].until is '7' where a text is expected/],
    ['a: b: c', /cdk8s-ml-check.yaml:1: is not YAML/],
    ['rules: {}\nrules: {}', /:2: has the key rules twice/],
    ['- a', /is not a map with the keys rules, waivers and external/],
    ['rules: {}\n---\nrules: {}', /holds 2 documents/],
    ['external: [{ name: a }]', /external\[0\] is for no object/],
    ['external: {}', /external is a map where a list is expected/],
    ['waivers: 7', /waivers is '7' where a list is expected/],
    ['waivers:\n- rule: { a: b }\n  file: a', /waivers\[0\].rule is a map where a text is expected/],
    ['rules: { gpu-run-deadline: { reason: because } }', /severity is missing; give error, warning, info or off/],
  ])('%s is refused with its place', (text, message) => {
    expect(() => configuration(text)).toThrow(message);
  });

  test('says everything that is wrong, and nothing twice', () => {
    const said = (text: string): string[] => {
      try {
        configuration(text);
      } catch (error) {
        return (error as Error).message.split('\n').filter((line) => line.includes('cdk8s-ml-check.yaml:'));
      }
      return [];
    };
    expect(said('a: b: c')).toHaveLength(1);
    expect(said('rules: {}\nrules: {}')).toHaveLength(1);
    expect(said('waivers:\n- rule: { a: b }\n  file: a')).toHaveLength(1);
    expect(said('waivers:\n- { file: a }\n- { rule: x }\n')).toHaveLength(2);
  });

  test('nothing is said of an empty one', () => {
    const nothing = { rules: [], waivers: [], external: [] };
    expect(configuration('# nothing yet\n')).toMatchObject(nothing);
    expect(configuration('null\n')).toMatchObject(nothing);
    expect(configuration('rules: {}\n---\nnull\n')).toMatchObject(nothing);
  });

  test('a file that cannot be read is refused with the reason', () => {
    const problem = { trouble: 'unreadable-file', line: 1, message: 'cannot be read: gone' } as const;
    expect(() => readConfiguration({ file: 'gone.yaml', documents: [], problem }, NAMES)).toThrow(
      'gone.yaml:1: cannot be read: gone.',
    );
  });

  test('standard input is waived by its own name only', () => {
    const found = (file: string) =>
      told(
        check([sourceOf(STANDARD_INPUT, job())], CHOSEN, { configuration: configuration(waiver(`file: ${file}`)) })
          .findings,
      ).map(([rule]) => rule);
    expect(found("'-'")).toEqual(['gpu-run-deadline']);
    expect(found("'*'")).toEqual(['unused-waiver', 'gpu-run-deadline']);
  });

  test('a text that holds no object is not waived by the name of one', () => {
    const reading = RULES.filter(({ name }) => name === 'not-an-object');
    const found = (text: string) =>
      check([sourceOf(FILE, '- 1')], reading, { configuration: configuration(text) }).findings.map(
        ({ waived }) => waived?.reason,
      );
    expect(found('waivers: [{ rule: not-an-object, reason: because, object: { kind: Job } }]')).toEqual([undefined]);
    expect(found('waivers: [{ rule: not-an-object, reason: because, object: { namespace: ml } }]')).toEqual([
      undefined,
    ]);
    expect(found('waivers: [{ rule: not-an-object, reason: because, object: { name: train } }]')).toEqual([undefined]);
    expect(found('waivers: [{ rule: not-an-object, reason: because, file: train.yaml }]')).toEqual(['because']);
  });
});

describe('what is elsewhere', () => {
  const missing = RULES.filter(({ name }) => name === 'missing-secret');
  const pod = `
apiVersion: v1
kind: Pod
metadata: { name: main, namespace: ml-vision }
spec: { imagePullSecrets: [{ name: registry }], containers: [{ name: main, image: 'a/b:1' }] }
`;
  const of = (text: string) =>
    check([sourceOf(FILE, pod)], missing, { complete: true, configuration: configuration(text) }).findings.length;

  test('is named by kind and name, in any namespace or in those of a pattern', () => {
    expect(of('external: []')).toBe(1);
    expect(of('external: [{ kind: Secret, name: registry }]')).toBe(0);
    expect(of("external: [{ kind: Secret, namespace: 'ml-*', name: 'reg*' }]")).toBe(0);
    expect(of('external: [{ kind: Secret, namespace: other, name: registry }]')).toBe(1);
    expect(of('external: [{ kind: ConfigMap, name: registry }]')).toBe(1);
  });

  test('is refused without a name', () => {
    expect(() => configuration('external: [{ kind: Secret }]')).toThrow(
      /external\[0\] is for no object; give kind and name/,
    );
  });
});
