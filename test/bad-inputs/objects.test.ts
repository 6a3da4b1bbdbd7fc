import { App, Chart, Size, Testing } from 'cdk8s';
import type { GpuTrainingJobProps } from 'cdk8s-ml';
import { Checkpoints, Claim, Env, Gpu, GpuTrainingJob, TrainingRun, Volume } from 'cdk8s-ml';
import { complaint, complaints, jobComplaints, jobOf } from '../complaints';
import { chartWith, EVERY_RUN, SINGLE } from '../training/fixtures';
import { passes, refuses } from './rows';

const parsed = (json: string) => JSON.parse(json) as object;
const nested = (levels: number) => {
  let value: unknown = 'x';
  for (let i = 0; i < levels; i++) value = { a: value };
  return value;
};
const cyclic: { a?: unknown } = {};
cyclic.a = cyclic;

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

describe('objects, size, misuse', () => {
  refuses([
    ...['__proto__', 'constructor', 'prototype'].flatMap((key) => [
      {
        row: 'O01',
        what: `the label ${key}`,
        says: () => jobComplaints({ labels: parsed(`{"${key}": "x"}`) }),
        id: 'COR004',
        naming: key,
      },
      {
        row: 'O01',
        what: `the variable ${key}`,
        says: () => jobComplaints({ env: Object.fromEntries([[key, Env.value('x')]]) }),
        id: 'COR004',
        naming: key,
      },
      {
        row: 'O01',
        what: `the annotation ${key}`,
        says: () => jobComplaints({ annotations: parsed(`{"${key}": "x"}`) }),
        id: 'COR004',
        naming: key,
      },
    ]),
    {
      row: 'O01',
      what: '__proto__ among the props',
      says: () =>
        complaints((chart) => new GpuTrainingJob(chart, 'bert', parsed('{"__proto__": {"image": "m"}}') as never)),
      id: 'COR002',
    },
    {
      row: 'O03',
      what: 'null for an optional property',
      says: () => jobComplaints({ checkpoints: null }),
      id: 'COR001',
    },
    {
      row: 'O03',
      what: 'null in a list',
      says: () => jobComplaints({ args: ['a', null] }),
      id: 'COR001',
      naming: 'args[1]',
    },
    {
      row: 'O03',
      what: 'undefined in a list',
      says: () => jobComplaints({ args: [undefined, 'a'] }),
      id: 'COR001',
      naming: 'args[0]',
    },
    {
      row: 'O03',
      what: 'null in a map',
      says: () => jobComplaints({ labels: { a: null } }),
      id: 'COR001',
      naming: 'labels.a',
    },
    {
      row: 'O04',
      what: 'a misspelt property',
      says: () => jobComplaints({ gpuCount: 1 }),
      id: 'COR002',
      naming: 'Write gpu.',
    },
    {
      row: 'O04',
      what: 'a misspelt property deep inside',
      says: () => jobComplaints({ sidecars: [{ name: 'a', imgae: 'b' }] }),
      id: 'COR002',
      naming: 'Write image.',
    },
    {
      row: 'O07',
      what: 'nesting of 5000',
      says: () => jobComplaints({ labels: nested(5000) }),
      id: 'COR001',
      naming: 'labels.a',
    },
    {
      row: 'O08',
      what: 'a cycle among labels',
      says: () => jobComplaints({ labels: cyclic }),
      id: 'COR001',
      naming: 'labels.a',
    },
    {
      row: 'O08',
      what: 'a cycle in place of the props',
      says: () => complaints((chart) => new GpuTrainingJob(chart, 'bert', cyclic as never)),
      id: 'COR003',
    },
    {
      row: 'O09',
      what: '10 001 variables',
      says: () =>
        jobComplaints({ env: Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`V${i}`, Env.value('x')])) }),
      id: 'COR011',
    },
    {
      row: 'O09',
      what: '10 001 arguments',
      says: () => jobComplaints({ args: Array.from({ length: 10_001 }, () => 'x') }),
      id: 'COR011',
    },
    {
      row: 'O09',
      what: 'a script of 1 MiB',
      says: () => jobComplaints({ command: ['sh', '-c', 'x'.repeat(1024 * 1024)] }),
      id: 'COR011',
    },
    {
      row: 'O09',
      what: 'scripts of 2 MiB together',
      says: () => jobComplaints({ args: Array.from({ length: 10 }, () => 'x'.repeat(200_000)) }),
      id: 'COR011',
      naming: '1572864',
    },
    {
      row: 'O11',
      what: 'an id of 300 characters',
      says: () => complaints((chart) => new GpuTrainingJob(chart, 'x'.repeat(300), SINGLE)),
      id: 'COR005',
    },
    {
      row: 'O15',
      what: 'a Windows path',
      says: () => complaint(() => Volume.claim('c', { mountPath: 'C:\\data' })),
      id: 'KUB013',
    },
    {
      row: 'O15',
      what: 'a script that was not UTF-8',
      says: () => jobComplaints({ command: ['sh', '-c', Buffer.from([0x65, 0xe9]).toString('utf8')] }),
      id: 'COR006',
      naming: 'U+FFFD',
    },
  ]);

  passes([
    ...['toString', 'hasOwnProperty', 'valueOf'].flatMap((key) => [
      { row: 'O02', what: `the label ${key}`, says: () => jobComplaints({ labels: { [key]: 'x' } }) },
      {
        row: 'O02',
        what: `the variable ${key}`,
        says: () => jobComplaints({ env: { [key]: Env.value('x') }, args: [`$(${key})`] }),
      },
    ]),
    {
      row: 'O03',
      what: 'undefined for an optional property',
      says: () => jobComplaints({ checkpoints: undefined, labels: undefined }),
    },
    {
      row: 'O11',
      what: 'a slash in an id',
      says: () => complaints((chart) => new GpuTrainingJob(chart, 'a/b', SINGLE)),
    },
  ]);

  test('props are read and never written: deeply frozen ones work (O06)', () => {
    expect(
      jobOf(frozen({ ...EVERY_RUN, gpu: Gpu.any(1), workloadPriorityClassName: undefined }) as GpuTrainingJobProps)
        .kind,
    ).toBe('Job');
    const run = { ...SINGLE, labels: { a: 'b' } };
    expect(TrainingRun.single(frozen(run))).toBeDefined();
  });

  test('props that are changed later change nothing (O06)', () => {
    const props = { ...SINGLE, command: ['python'], labels: { team: 'nlp' }, env: { A: Env.value('x') } };
    const chart = chartWith();
    new GpuTrainingJob(chart, 'bert', props);
    const before = Testing.synth(chart);
    props.command.push('later');
    props.labels.team = 'changed';
    props.env.A = Env.value('changed');
    new Claim(chart, 'other', { size: Size.gibibytes(1) });
    expect(Testing.synth(chart)[0]).toEqual(before[0]);
  });

  test('one props object makes two constructs (O06)', () => {
    const chart = chartWith();
    const props = { ...SINGLE, checkpoints: Checkpoints.claim('state'), env: { A: Env.value('x') } };
    for (const id of ['one', 'two']) new GpuTrainingJob(chart, id, props);
    const [one, two] = Testing.synth(chart) as { spec: object; metadata: { name: string } }[];
    expect(JSON.stringify(two).replaceAll('two', 'one')).toBe(JSON.stringify(one));
  });

  test('10 000 variables take no more than a few seconds (O09)', () => {
    const env = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`V${i}`, Env.value(i === 0 ? '' : `$(V${i - 1})`)]),
    );
    const start = process.hrtime.bigint();
    expect(jobComplaints({ env })).toBe('');
    expect(Number(process.hrtime.bigint() - start) / 1e9).toBeLessThan(5);
  });

  test('ids that constructs refuses meet its own error (O11)', () => {
    const chart = chartWith();
    expect(() => new GpuTrainingJob(chart, '', SINGLE)).toThrow('empty ID');
    new GpuTrainingJob(chart, 'bert', SINGLE);
    expect(() => new GpuTrainingJob(chart, 'bert', SINGLE)).toThrow("There is already a Construct with name 'bert'");
  });

  test('an app without constructs gives nothing, and one that was synthesized goes on (O13)', () => {
    const app = new App();
    const chart = new Chart(app, 'c');
    expect(app.synthYaml()).toBe('');
    new GpuTrainingJob(chart, 'one', SINGLE);
    expect(Testing.synth(chart)).toHaveLength(1);
    new GpuTrainingJob(chart, 'two', SINGLE);
    expect(Testing.synth(chart)).toHaveLength(2);
  });

  test('nothing of the environment of the process is read (O14)', () => {
    const before = JSON.stringify(jobOf());
    const reads: string[] = [];
    const real = process.env;
    process.env = new Proxy(real, {
      get: (target, key) => {
        reads.push(String(key));
        return Reflect.get(target, key) as unknown;
      },
    });
    try {
      expect(JSON.stringify(jobOf())).toBe(before);
    } finally {
      process.env = real;
    }
    expect(reads.filter((key) => !key.startsWith('CDK8S_') && key !== 'CRD_DIR' && key !== 'NODE_ENV')).toEqual([]);
  });
});
