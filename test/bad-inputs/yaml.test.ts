import { App, Chart, Yaml } from 'cdk8s';
import jsYaml from 'js-yaml';
import * as yaml from 'yaml';
import { Acknowledge, Env, GpuTrainingJob } from 'cdk8s-ml';
import { complaint, jobComplaints } from '../complaints';
import { SINGLE } from '../training/fixtures';
import corpus from '../render/yaml-corpus.json';
import { refuses } from './rows';

const WAIVED = ['KUB009', 'KUB010', 'KUB011'];

interface Job {
  readonly metadata: { readonly labels: Record<string, string> };
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly annotations: Record<string, string> };
      readonly spec: { readonly containers: { readonly args: string[]; readonly env: object[] }[] };
    };
  };
}

/** The YAML of a job that has a text in all places that take any text. */
function written(text: string): string {
  const app = new App();
  const job = new GpuTrainingJob(new Chart(app, 'c'), 'bert', {
    ...SINGLE,
    args: [text, 'z'],
    env: { SETTING: Env.value(text) },
    annotations: { note: text },
  });
  for (const id of WAIVED) Acknowledge.of(job).add(id, 'The text is what matters here.');
  return app.synthYaml();
}

const PARSERS: [string, (text: string) => unknown][] = [
  ['yaml 1.1', (text) => yaml.parse(text, { version: '1.1' }) as unknown],
  ['yaml 1.2', (text) => yaml.parse(text, { version: '1.2' }) as unknown],
  ['js-yaml', (text) => jsYaml.load(text)],
];

describe('YAML and text', () => {
  const texts = corpus.kept.filter((text) => text !== '');

  test.each(PARSERS)('every text that is taken reads back as it was, by %s (Y01-Y08, Y10)', (_, parse) => {
    for (const text of texts) {
      const { spec } = parse(written(text)) as Job;
      const [{ args, env }] = spec.template.spec.containers;
      expect(args).toEqual([text, 'z']);
      expect(env.at(-1)).toEqual({ name: 'SETTING', value: text });
      expect(spec.template.metadata.annotations.note).toBe(text);
    }
  });

  test.each(corpus.misread.flatMap(({ texts: misread }) => misread.map((text) => [text])))(
    'KUB002 fails for %j in every place (Y03, Y04, Y08)',
    (text) => {
      expect(jobComplaints({ args: [text] })).toContain('KUB002: spec.template.spec.containers[0].args[0] is');
      expect(jobComplaints({ env: { SETTING: Env.value(text) } })).toMatch(
        /KUB002: spec\.template\.spec\.containers\[0\]\.env\[\d+\]\.value is/,
      );
      expect(jobComplaints({ annotations: { note: text } })).toContain(
        'KUB002: spec.template.metadata.annotations.note is',
      );
    },
  );

  const unprintable = [
    '\u0000',
    '\u0007',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u2029',
    '\ufeff',
    '\u200e',
    '\u202e',
    '\ud800',
    '\udc00',
    '\uffff',
  ];
  refuses([
    ...unprintable.map((character) => {
      const codePoint = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
      return {
        row: 'Y09',
        what: codePoint,
        says: () => jobComplaints({ args: [`ab${character}c`] }),
        id: 'COR006',
        naming: `${codePoint} at position 2`,
      };
    }),
    {
      row: 'Y09',
      what: 'a control character in a value',
      says: () => complaint(() => Env.value('a\u0000')),
      id: 'COR006',
    },
    {
      row: 'Y09',
      what: 'a control character in an annotation',
      says: () => jobComplaints({ annotations: { note: '\u001b[31m' } }),
      id: 'COR006',
    },
    ...['0o17', '0X1E', '12e3_4'].map((commit) => ({
      row: 'Y04',
      what: `${commit} as label`,
      says: () => jobComplaints({ labels: { commit } }),
      id: 'KUB002',
    })),
    {
      row: 'Y04',
      what: '0o17 as name of a job',
      says: () => jobComplaints({ name: '0o17' }),
      id: 'KUB002',
      naming: 'reads back as a number',
    },
    {
      row: 'Y07',
      what: 'the merge key as key',
      says: () => jobComplaints({ annotations: { '<<': 'x' } }),
      id: 'COR004',
    },
  ]);

  test.each(['12345e67', '0e123456', '1234567', '0000000', '0x1f', '017'])(
    'the label %s stays text (Y10)',
    (commit) => {
      const app = new App();
      new GpuTrainingJob(new Chart(app, 'c'), 'bert', { ...SINGLE, labels: { commit } });
      for (const [, parse] of PARSERS) expect((parse(app.synthYaml()) as Job).metadata.labels.commit).toBe(commit);
    },
  );

  test('keys are sorted, and numbers among them stand first, always in the same way (Y11)', () => {
    const keys = (labels: Record<string, string>) => {
      const app = new App();
      new GpuTrainingJob(new Chart(app, 'c'), 'bert', { ...SINGLE, labels });
      return Object.keys((yaml.parse(app.synthYaml()) as Job).metadata.labels);
    };
    const sorted = keys({ b: 'x', '8080': 'x', a: 'x', '9': 'x' });
    expect(sorted).toEqual(keys({ '9': 'x', a: 'x', '8080': 'x', b: 'x' }));
    expect(sorted.slice(0, 3)).toEqual(['9', '8080', 'a']);
  });

  test('an object in two places is written twice, without an alias (Y12)', () => {
    const env = { A: Env.value('x') };
    const sidecars = ['a', 'b'].map((name) => ({ name, image: 'busybox:1.37', env }));
    const app = new App();
    new GpuTrainingJob(new Chart(app, 'c'), 'bert', { ...SINGLE, env, sidecars });
    expect(app.synthYaml()).not.toMatch(/[&*]a\d/);
    expect(Yaml.stringify({ a: env, b: env })).toMatch(/&a1/);
  });
});
