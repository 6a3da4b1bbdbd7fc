import { Size } from 'cdk8s';
import { Acknowledge, GpuTrainingJob, Volume } from 'cdk8s-ml';
import { normalPath } from '../../src/render/volume';
import { complaint, complaints, jobComplaints } from '../complaints';
import { SINGLE } from '../training/fixtures';

const at = (mountPath: string, readOnly = false) => Volume.configMap('m', { mountPath, readOnly });

describe('Volume', () => {
  test.each([
    ['/data', '/data'],
    ['/data/', '/data'],
    ['//data', '/data'],
    ['/a//b/./c/', '/a/b/c'],
  ])('takes %s for %s', (given, path) => {
    expect(normalPath(given)).toBe(path);
    expect(at(given).mountPath).toBe(path);
  });

  test.each([
    ['data', 'is not absolute'],
    ['C:\\data', "contains ':'"],
    ['/a:b', "contains ':'"],
    ['/a/../b', "contains '..'"],
    ['/..', "contains '..'"],
    ['/', 'would hide the whole image'],
    ['//', 'would hide the whole image'],
    ['/.', 'would hide the whole image'],
  ])('KUB013 fails for the mount path %s', (path, why) => {
    const message = complaint(() => at(path));
    expect(message).toMatch(/^KUB013: mountPath is /);
    expect(message).toContain(why);
  });

  test('KUB013 passes for an absolute path', () => {
    expect(complaint(() => at('/data/a..b'))).toBe('');
  });

  test.each(['', 'x'.repeat(1025), 5, null])('COR fails for %p as mount path', (path) => {
    expect(complaint(() => at(path as string))).toMatch(/^COR00[14]: mountPath/);
  });

  test.each(['../x', '/abs', 'a/../../b', '..'])('COR004 fails for the sub path %s', (subPath) => {
    expect(complaint(() => Volume.claim('c', { mountPath: '/a', subPath }))).toMatch(/^COR004: subPath/);
  });

  test('COR004 passes for a relative sub path', () => {
    expect(complaint(() => Volume.claim('c', { mountPath: '/a', subPath: 'a/b..c' }))).toBe('');
  });

  test('COR002 fails for an option that does not exist', () => {
    expect(complaint(() => Volume.claim('c', { mountPath: '/a', readonly: true } as never))).toMatch(
      /^COR002: 'readonly' is not a property of MountOptions\.\n.*Write readOnly\./,
    );
  });

  test.each([
    ['a claim', () => Volume.claim('Bad_Name', { mountPath: '/a' })],
    ['a Secret', () => Volume.secret('', { mountPath: '/a' })],
    ['a ConfigMap', () => Volume.configMap('x'.repeat(254), { mountPath: '/a' })],
    ['a driver', () => Volume.csi('Driver_X', {}, { mountPath: '/a' })],
    [
      'a storage class',
      () => Volume.ephemeralClaim({ mountPath: '/a', size: Size.gibibytes(1), storageClassName: 'A' }),
    ],
    ['permission bits', () => Volume.secret('s', { mountPath: '/a', defaultMode: 0o1000 })],
    ['a size', () => Volume.scratch({ mountPath: '/a', sizeLimit: Size.kibibytes(100) })],
  ])('COR004 fails for %s that Kubernetes refuses', (_, make) => {
    expect(complaint(make)).toMatch(/^COR004/);
  });

  test('COR001 fails for attributes of a driver that are no text', () => {
    expect(complaint(() => Volume.csi('d', { a: 1 } as never, { mountPath: '/a' }))).toMatch(
      /^COR001: attributes\.a is 1, not text/,
    );
  });

  test('keeps a copy of the attributes of a driver', () => {
    const attributes = { a: 'x' };
    const volume = Volume.csi('d', attributes, { mountPath: '/a' });
    attributes.a = 'changed';
    expect(volume._source.csi?.volumeAttributes).toEqual({ a: 'x' });
  });

  test('KUB015 fails for a directory of the node that the API server refuses, and passes for others', () => {
    expect(complaint(() => Volume.hostPath('relative', { mountPath: '/a' }))).toMatch(/^KUB015: path is 'relative'/);
    expect(complaint(() => Volume.hostPath('/a/../b', { mountPath: '/a' }))).toMatch(/^KUB015/);
    expect(complaint(() => Volume.hostPath('/var/log', { mountPath: '/a' }))).toBe('');
  });
});

describe('mounts', () => {
  test('KUB012 fails for two volumes at one path, however it is written', () => {
    expect(jobComplaints({ volumes: [at('/data'), at('/data/')] })).toContain(
      'KUB012: two volumes are mounted at /data.',
    );
    expect(jobComplaints({ volumes: [at('/data'), at('//data')] })).toContain('KUB012');
    const twice = at('/data');
    expect(jobComplaints({ volumes: [twice, twice] })).toContain('KUB012');
  });

  test('KUB012 fails in other containers as well', () => {
    const sidecars = [{ name: 'a', image: 'b:1', volumes: [at('/x'), at('/x')] }];
    expect(jobComplaints({ sidecars })).toContain('KUB012: two volumes are mounted at /x.');
  });

  test('KUB012 passes for paths that only start alike, and for nested ones', () => {
    expect(jobComplaints({ volumes: [at('/data'), at('/data-old'), at('/data/sub')] })).toBe('');
  });

  test('KUB026 fails for a mount inside a read-only volume, and passes beside it', () => {
    expect(jobComplaints({ volumes: [at('/data', true), at('/data/sub')] })).toContain(
      'KUB026: /data/sub is mounted inside a volume that is read-only.',
    );
    expect(jobComplaints({ volumes: [at('/data', true), at('/data-old')] })).toBe('');
  });

  test.each(['/usr', '/etc', '/bin', '/opt', '/root/'])('KUB014 fails for a mount at %s', (path) => {
    expect(jobComplaints({ volumes: [at(path)] })).toContain('where the image keeps its own files.');
  });

  test('KUB014 passes below such a directory, and where the program works', () => {
    expect(jobComplaints({ volumes: [at('/etc/app'), at('/workspace')], workingDir: '/workspace' })).toBe('');
  });

  const host = Volume.hostPath('/var/log', { mountPath: '/logs' });

  test('KUB017 fails for a directory of the node', () => {
    expect(jobComplaints({ volumes: [host] })).toContain('KUB017: /var/log of the node is mounted.');
  });

  test('KUB017 passes when acknowledged', () => {
    const message = complaints((chart) => {
      const job = new GpuTrainingJob(chart, 'bert', { ...SINGLE, volumes: [host] });
      Acknowledge.of(job).add('KUB017', 'Reads the logs of the node.');
    });
    expect(message).toBe('');
  });
});
