import type { Chart } from 'cdk8s';
import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { DistributedTrainingProps, IClaim } from 'cdk8s-ml';
import {
  AccessMode,
  Acknowledge,
  Checkpoints,
  Claim,
  Dataset,
  DistributedTraining,
  GpuTrainingJob,
  ModelStore,
} from 'cdk8s-ml';
import { complaint, complaints, podOf } from '../complaints';
import { chartWith, GANG, only, SINGLE } from '../training/fixtures';

const { READ_ONLY_MANY, READ_WRITE_MANY, READ_WRITE_ONCE, READ_WRITE_ONCE_POD } = AccessMode;

/** The three ways to give a claim to a run. */
const KINDS = [
  ['dataset', Dataset, '/data', 'DATASET_DIR', '/data'],
  ['checkpoints', Checkpoints, '/ckpt', 'CHECKPOINT_DIR', '/ckpt/$(RUN)'],
  ['output', ModelStore, '/models', 'MODEL_DIR', '/models/$(RUN)'],
] as const;

describe.each(KINDS)('%s', (property, type, mountPath, variable, directory) => {
  test('is found by the program at a variable', () => {
    const { containers } = podOf({ [property]: type.claim('state') });
    expect(containers[0].env).toContainEqual({ name: variable, value: directory });
  });

  test('mounts the claim whole, at its default path or another', () => {
    const { containers, volumes } = podOf({ [property]: type.claim('state') });
    const mount = containers[0].volumeMounts.find((one: { mountPath: string }) => one.mountPath === mountPath);
    const volume = volumes.find(({ name }: { name: string }) => name === mount.name);
    expect(volume.persistentVolumeClaim.claimName).toBe('state');
    expect(mount).not.toHaveProperty('subPath');
    expect(type.claim('state', { mountPath: '//other/' }).mountPath).toBe('/other');
  });

  test('can be a claim made here, whose access mode is then known', () => {
    const claim = new Claim(chartWith(), 'state', { size: Size.gibibytes(3), accessMode: READ_WRITE_ONCE });
    expect(type.on(claim)._mounted).toMatchObject({ claimName: 'state', accessMode: READ_WRITE_ONCE, ours: true });
    expect(type.claim('state')._mounted).toMatchObject({ accessMode: undefined, ours: false });
    expect(type.on(claim, { accessMode: READ_WRITE_MANY })._mounted?.accessMode).toBe(READ_WRITE_MANY);
  });

  test('takes a claim of cdk8s-plus by its name', () => {
    const claim = kplus.PersistentVolumeClaim.fromClaimName(chartWith(), 'imported', 'theirs');
    expect(type.claim(claim.name)._mounted?.claimName).toBe('theirs');
  });

  test.each([
    ['', 'COR004: claimName is empty'],
    ['Bad_Name', 'COR004: claimName'],
    ['x'.repeat(254), 'COR004: claimName has 254 characters'],
    [null, 'COR001: claimName is null'],
    [5, 'COR001: claimName is 5'],
  ])('COR fails for the claim %p', (name, why) => {
    expect(complaint(() => type.claim(name as string))).toContain(why);
  });

  test.each([
    [null, 'COR001: claim is null'],
    ['state', "COR001: claim is 'state', not a Claim"],
    [{}, 'COR001: claim'],
    [{ claimName: 5 }, 'COR001: claimName is 5'],
    [{ claimName: 'a', accessMode: 'rwx' }, 'COR004: accessMode'],
  ])('COR fails for %p in place of a claim', (claim, why) => {
    expect(complaint(() => type.on(claim as unknown as IClaim))).toContain(why);
  });

  test.each([
    [{ mountPath: 'relative' }, 'KUB013'],
    [{ mountPath: '/' }, 'KUB013'],
    [{ accessMode: 'ReadWriteAlways' }, 'COR004'],
    [{ path: '/x' }, 'COR002'],
    [null, 'COR001: options is null'],
  ])('is refused with the options %j', (options, why) => {
    expect(complaint(() => type.claim('state', options as never))).toContain(why);
  });
});

describe('Dataset', () => {
  test('is mounted to be read only', () => {
    const { volumes, containers } = podOf({ dataset: Dataset.claim('corpus') });
    expect(volumes[0]).toEqual({ name: 'dataset', persistentVolumeClaim: { claimName: 'corpus', readOnly: true } });
    expect(containers[0].volumeMounts[0]).toEqual({ name: 'dataset', mountPath: '/data', readOnly: true });
  });
});

describe('Checkpoints', () => {
  test('can start from those of another run', () => {
    const { env } = podOf({ checkpoints: Checkpoints.claim('state', { resumeFrom: 'bert-v2' }) }).containers[0];
    expect(env).toContainEqual({ name: 'RESUME_DIR', value: '/ckpt/bert-v2' });
  });

  test.each(['../other', 'a/b', '/abs', '..', 'Bert', ''])('COR004 fails for another run called %p', (resumeFrom) => {
    expect(complaint(() => Checkpoints.claim('state', { resumeFrom }))).toMatch(/^COR004: resumeFrom/);
  });

  test('say whether they outlive the pod', () => {
    expect(Checkpoints.claim('state').durable).toBe(true);
    const ephemeral = Checkpoints.ephemeral({ sizeLimit: Size.gibibytes(2) });
    expect([ephemeral.durable, ephemeral.mountPath, ephemeral.accessMode]).toEqual([false, '/ckpt', undefined]);
    expect(Checkpoints.ephemeral({ sizeLimit: Size.gibibytes(2), mountPath: '/here' }).mountPath).toBe('/here');
  });

  test('COR004 fails for ephemeral ones without room', () => {
    expect(complaint(() => Checkpoints.ephemeral({ sizeLimit: Size.kibibytes(1) }))).toMatch(/^COR004: sizeLimit/);
  });

  const ephemeral = { ...SINGLE, checkpoints: Checkpoints.ephemeral({ sizeLimit: Size.gibibytes(2) }) };

  test('STO003 fails for checkpoints that go with the pod', () => {
    expect(complaints((chart) => new GpuTrainingJob(chart, 'bert', ephemeral))).toContain(
      'STO003: checkpoints are in a directory that goes with the pod.',
    );
  });

  test('STO003 passes on a claim, and when acknowledged', () => {
    const durable = { ...SINGLE, checkpoints: Checkpoints.claim('state') };
    expect(complaints((chart) => new GpuTrainingJob(chart, 'bert', durable))).toBe('');
    const acknowledged = (chart: Chart) =>
      Acknowledge.of(new GpuTrainingJob(chart, 'bert', ephemeral)).add('STO003', 'Minutes of work.');
    expect(complaints(acknowledged)).toBe('');
  });
});

describe('access modes', () => {
  const gang = (props: Partial<DistributedTrainingProps>) =>
    complaints((chart) => new DistributedTraining(chart, 'llm', { ...GANG, ...props }));
  const single = (props: object) => complaints((chart) => new GpuTrainingJob(chart, 'bert', { ...SINGLE, ...props }));
  const on = (accessMode: AccessMode) => Checkpoints.claim('state', { accessMode });

  test('STO001 fails for a claim of one node on several, and passes on one', () => {
    expect(gang({ checkpoints: on(READ_WRITE_ONCE) })).toContain(
      'STO001: claim state is ReadWriteOnce, and the run has 3 nodes.',
    );
    expect(gang({ dataset: Dataset.claim('corpus', { accessMode: READ_WRITE_ONCE }) })).toContain('STO001');
    expect(single({ checkpoints: on(READ_WRITE_ONCE) })).toBe('');
    expect(gang({ checkpoints: on(READ_WRITE_MANY) })).toBe('');
  });

  test('STO002 fails for a claim that may only be read where the run writes, and passes for a dataset', () => {
    expect(single({ checkpoints: on(READ_ONLY_MANY) })).toContain(
      'STO002: claim state is ReadOnlyMany, and the run writes to it.',
    );
    expect(single({ output: ModelStore.claim('m', { accessMode: READ_ONLY_MANY }) })).toContain('STO002');
    expect(gang({ dataset: Dataset.claim('corpus', { accessMode: READ_ONLY_MANY }) })).toBe('');
  });

  test('STO005 fails for a claim of one pod with several, and passes with one', () => {
    expect(gang({ checkpoints: on(READ_WRITE_ONCE_POD) })).toContain(
      'STO005: claim state is ReadWriteOncePod, and the run has 3 pods.',
    );
    expect(single({ checkpoints: on(READ_WRITE_ONCE_POD) })).toBe('');
  });

  test('of a claim known by name only are not guessed', () => {
    expect(gang({ checkpoints: Checkpoints.claim('state') })).toBe('');
  });

  test('of a claim made here are known', () => {
    const message = complaints((chart) => {
      const claim = new Claim(chart, 'state', { size: Size.gibibytes(3), accessMode: READ_WRITE_ONCE });
      new DistributedTraining(chart, 'llm', { ...GANG, checkpoints: Checkpoints.on(claim) });
    });
    expect(message).toContain('STO001');
  });
});

test('a claim of ours and a run on it are one valid set', () => {
  const chart = chartWith();
  const claim = new Claim(chart, 'state', { size: Size.gibibytes(3) });
  new GpuTrainingJob(chart, 'bert', { ...SINGLE, checkpoints: Checkpoints.on(claim) });
  expect(only(chart, 'PersistentVolumeClaim').metadata.name).toBe('state');
});
