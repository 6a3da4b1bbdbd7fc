import { Size, Testing } from 'cdk8s';
import {
  AccessMode,
  Checkpoints,
  Claim,
  Dataset,
  DistributedTraining,
  ModelStore,
  SharedMemory,
  Volume,
} from 'cdk8s-ml';
import { complaint, complaints, jobComplaints, podOf } from '../complaints';
import { chartWith, GANG } from '../training/fixtures';
import { passes, refuses } from './rows';

const at = (mountPath: string, readOnly?: boolean) => Volume.configMap('m', { mountPath, readOnly });
const mounts = (...paths: string[]) => jobComplaints({ volumes: paths.map((path) => at(path)) });
const mount = (path: unknown) => complaint(() => at(path as string));
const subPath = (path: unknown) => complaint(() => Volume.claim('c', { mountPath: '/a', subPath: path as string }));
const claim = (props: object, id = 'state') =>
  complaints((chart) => new Claim(chart, id, { size: Size.gibibytes(1), ...props }));
const gang = (props: object) => complaints((chart) => new DistributedTraining(chart, 'llm', { ...GANG, ...props }));

describe('volumes and storage', () => {
  refuses([
    { row: 'V01', what: 'two mounts at one path', says: () => mounts('/data', '/data'), id: 'KUB012', naming: '/data' },
    {
      row: 'V01',
      what: 'a mount where the dataset is',
      says: () => jobComplaints({ dataset: Dataset.claim('c'), volumes: [at('/data')] }),
      id: 'KUB012',
    },
    { row: 'V02', what: 'two mounts that differ in a slash', says: () => mounts('/data', '/data/'), id: 'KUB012' },
    { row: 'V02', what: 'two mounts that differ in two slashes', says: () => mounts('//data', '/data'), id: 'KUB012' },
    { row: 'V03', what: 'a mount over the whole image', says: () => mount('/'), id: 'KUB013' },
    { row: 'V03', what: 'a mount over programs', says: () => mounts('/usr'), id: 'KUB014' },
    { row: 'V03', what: 'a mount over settings', says: () => mounts('/etc/'), id: 'KUB014' },
    {
      row: 'V04',
      what: 'a mount below a read-only one',
      says: () => jobComplaints({ volumes: [at('/data', true), at('/data/ckpt')] }),
      id: 'KUB026',
    },
    { row: 'V05', what: 'a relative mount path', says: () => mount('data'), id: 'KUB013', naming: 'not absolute' },
    { row: 'V05', what: 'a mount path with a colon', says: () => mount('/a:b'), id: 'KUB013', naming: "':'" },
    { row: 'V06', what: 'a sub path that goes up', says: () => subPath('../x'), id: 'COR004', naming: "'..'" },
    { row: 'V06', what: 'an absolute sub path', says: () => subPath('/x'), id: 'COR004', naming: 'absolute' },
    {
      row: 'V08',
      what: 'checkpoints that go with the pod',
      says: () => jobComplaints({ checkpoints: Checkpoints.ephemeral({ sizeLimit: Size.gibibytes(1) }) }),
      id: 'STO003',
    },
    {
      row: 'V10',
      what: 'a claim of one node in a gang',
      says: () => gang({ checkpoints: Checkpoints.claim('c', { accessMode: AccessMode.READ_WRITE_ONCE }) }),
      id: 'STO001',
    },
    {
      row: 'V10',
      what: 'a claim of one pod in a gang',
      says: () => gang({ output: ModelStore.claim('c', { accessMode: AccessMode.READ_WRITE_ONCE_POD }) }),
      id: 'STO005',
    },
    {
      row: 'V11',
      what: 'a read-only claim that is written',
      says: () => jobComplaints({ output: ModelStore.claim('c', { accessMode: AccessMode.READ_ONLY_MANY }) }),
      id: 'STO002',
    },
    {
      row: 'V12',
      what: 'a claim name of 254 characters',
      says: () => claim({ name: 'x'.repeat(254) }),
      id: 'COR004',
      naming: '253',
    },
    { row: 'V12', what: 'an empty claim name', says: () => complaint(() => Checkpoints.claim('')), id: 'COR004' },
    {
      row: 'V13',
      what: 'a volume in memory above the memory',
      says: () => jobComplaints({ memory: Size.gibibytes(4), sharedMemory: SharedMemory.of(Size.gibibytes(5)) }),
      id: 'KUB016',
      naming: '5Gi',
    },
    {
      row: 'V13',
      what: 'a volume in memory without size',
      says: () => complaint(() => Volume.scratch({ mountPath: '/a', inMemory: true } as never)),
      id: 'COR003',
      naming: 'sizeLimit',
    },
    {
      row: 'V14',
      what: 'a medium',
      says: () =>
        complaint(() => Volume.scratch({ mountPath: '/a', sizeLimit: Size.gibibytes(1), medium: 'memory' } as never)),
      id: 'COR002',
    },
    ...[
      's3:/b',
      'S3://b',
      's3://bucket/x',
      'https://s3.example.com/b',
      'gs://b',
      'hf://org/m',
      'pvc://c/x',
      'oci://r/m',
    ].map((uri) => ({
      row: uri.startsWith('g') || uri.startsWith('h') || uri.startsWith('p') || uri.startsWith('o') ? 'V16' : 'V15',
      what: `${uri} where a claim is asked for`,
      says: () => complaint(() => ModelStore.claim(uri)),
      id: 'COR004',
      naming: 'PersistentVolumeClaim',
    })),
    {
      row: 'V17',
      what: 'a directory of the node',
      says: () => jobComplaints({ volumes: [Volume.hostPath('/data', { mountPath: '/data' })] }),
      id: 'KUB017',
    },
    ...['../../evil', 'a/b', '/abs', 'nul\u0000', 'C:\\x', '..'].map((name) => ({
      row: 'V19',
      what: `${JSON.stringify(name)} as name`,
      says: () => claim({ name }),
      id: name.includes('\u0000') ? 'COR006' : 'COR004',
    })),
    {
      row: 'V19',
      what: 'another run outside of the claim',
      says: () => complaint(() => Checkpoints.claim('c', { resumeFrom: '../../evil' })),
      id: 'COR004',
    },
  ]);

  passes([
    { row: 'V04', what: 'nested mounts', says: () => mounts('/data', '/data/ckpt') },
    { row: 'V06', what: 'a relative sub path', says: () => subPath('a/..b/c') },
    {
      row: 'V09',
      what: 'paths that only start alike',
      says: () => jobComplaints({ volumes: [at('/data', true), at('/data-old')] }),
    },
    {
      row: 'V10',
      what: 'a claim of one node on one node',
      says: () => jobComplaints({ checkpoints: Checkpoints.claim('c', { accessMode: AccessMode.READ_WRITE_ONCE }) }),
    },
    { row: 'V12', what: 'a claim name of 253 characters', says: () => claim({ name: 'x'.repeat(253) }) },
    { row: 'V19', what: 'CON, which is a name for Kubernetes', says: () => claim({ name: 'con' }) },
  ]);

  test('nested mounts keep their order (V04)', () => {
    const { volumeMounts } = podOf({ volumes: [at('/b/c'), at('/a'), at('/b')] }).containers[0];
    expect(volumeMounts.slice(0, 3).map(({ mountPath }: { mountPath: string }) => mountPath)).toEqual([
      '/b/c',
      '/a',
      '/b',
    ]);
  });

  test('no storage class and the class without a name stay apart (V12)', () => {
    const chart = chartWith();
    new Claim(chart, 'a', { size: Size.gibibytes(1) });
    new Claim(chart, 'b', { size: Size.gibibytes(1), storageClassName: '' });
    const specs = (Testing.synth(chart) as { spec: object }[]).map(({ spec }) => spec);
    expect(specs[0]).not.toHaveProperty('storageClassName');
    expect(specs[1]).toHaveProperty('storageClassName', '');
  });
});
