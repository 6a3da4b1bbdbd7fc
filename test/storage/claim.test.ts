import { Size, Testing } from 'cdk8s';
import type { ClaimProps, ClusterProfileProps } from 'cdk8s-ml';
import { AccessMode, Acknowledge, Claim, Stage } from 'cdk8s-ml';
import { complaints } from '../complaints';
import { chartWith, only } from '../training/fixtures';

const SIZE = { size: Size.gibibytes(7) };

function claimOf(props: Partial<ClaimProps> = {}, id = 'models') {
  const chart = chartWith();
  new Claim(chart, id, { ...SIZE, ...props });
  return only(chart, 'PersistentVolumeClaim');
}

function refusal(props: object, profile?: Partial<ClusterProfileProps>): string {
  return complaints((chart) => new Claim(chart, 'models', { ...SIZE, ...props }), profile);
}

const CLASSES: Partial<ClusterProfileProps> = {
  stage: Stage.PRODUCTION,
  storageClasses: [
    { name: 'fsx', accessModes: [AccessMode.READ_WRITE_MANY], retains: true },
    { name: 'gp3', accessModes: [AccessMode.READ_WRITE_ONCE] },
  ],
};

describe('Claim', () => {
  test('minimal', () => {
    expect(claimOf()).toMatchSnapshot();
  });

  test('everything', () => {
    const all: Required<ClaimProps> = {
      size: Size.tebibytes(2),
      accessMode: AccessMode.READ_WRITE_ONCE_POD,
      storageClassName: 'fsx',
      name: 'finished-models',
      labels: { team: 'nlp' },
    };
    expect(claimOf(all)).toMatchSnapshot();
  });

  test('is kept from being pruned by Argo CD and Flux', () => {
    expect(claimOf().metadata.annotations).toMatchObject({
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    });
  });

  test('can be mounted by many nodes unless told otherwise', () => {
    expect(claimOf().spec.accessModes).toEqual(['ReadWriteMany']);
    expect(claimOf({ accessMode: AccessMode.READ_ONLY_MANY }).spec.accessModes).toEqual(['ReadOnlyMany']);
  });

  test('tells no storage class from the class without a name, which provides nothing', () => {
    expect(claimOf().spec).not.toHaveProperty('storageClassName');
    expect(claimOf({ storageClassName: '' }).spec.storageClassName).toBe('');
  });

  test('may have a name that is too long for a label', () => {
    const name = 'x'.repeat(253);
    const { metadata } = claimOf({ name });
    expect(metadata.name).toBe(name);
    expect(metadata.labels).not.toHaveProperty('app.kubernetes.io/name');
    expect(claimOf().metadata.labels['app.kubernetes.io/name']).toBe('models');
  });

  test('says what it is', () => {
    const claim = new Claim(chartWith(), 'models', { ...SIZE, storageClassName: 'fsx' });
    expect(claim).toMatchObject({
      claimName: 'models',
      accessMode: AccessMode.READ_WRITE_MANY,
      storageClassName: 'fsx',
      size: SIZE.size,
    });
    expect(claim.resource.kind).toBe('PersistentVolumeClaim');
  });

  test.each([Size.kibibytes(0), Size.kibibytes(100), Size.gibibytes(NaN)])('COR004 fails below a mebibyte', (size) => {
    expect(refusal({ size })).toContain('COR004: size is');
  });

  test.each([
    [{ size: '10Gi' }, 'COR001: size'],
    [{ accessMode: 'readWriteMany' }, "Write 'ReadWriteMany'."],
    [{ storageClassName: 'My_Class' }, 'COR004: storageClassName'],
    [{ name: 'x'.repeat(254) }, 'COR004: name has 254 characters'],
    [{ name: '' }, 'COR004: name is empty'],
    [{ storageClass: 'fsx' }, 'COR002'],
    [{ labels: { 'a/b/c': 'x' } }, 'COR004: labels has the key'],
  ])('COR fails for %j', (props, why) => {
    expect(refusal(props)).toContain(why);
  });

  test('COR005 fails for an id that is no name', () => {
    expect(complaints((chart) => new Claim(chart, 'Models', SIZE))).toContain('COR005');
  });

  test('KUB005 fails for labels that are ours, and passes for others', () => {
    expect(refusal({ labels: { 'app.kubernetes.io/name': 'x' } })).toContain('KUB005');
    expect(refusal({ labels: { team: 'x' } })).toBe('');
  });

  test('CLU010 fails for a class that the profile does not have, and guesses', () => {
    expect(refusal({ storageClassName: 'fxs' }, CLASSES)).toContain(
      "CLU010: the profile lab has no storage class fxs (did you mean 'fsx'?).",
    );
  });

  test('CLU010 passes for a class of the profile, for none, and without a profile', () => {
    expect(refusal({ storageClassName: 'fsx' }, CLASSES)).toBe('');
    expect(refusal({}, CLASSES)).toBe('');
    expect(refusal({ storageClassName: '' }, CLASSES)).toBe('');
    expect(refusal({ storageClassName: 'fxs' })).toBe('');
  });

  test('CLU011 fails when the class does not offer the access mode, and passes when it does', () => {
    expect(refusal({ storageClassName: 'gp3' }, CLASSES)).toContain(
      'CLU011: storage class gp3 does not offer ReadWriteMany.',
    );
    expect(refusal({ storageClassName: 'fsx' }, CLASSES)).toBe('');
  });

  test('CLU012 fails in production when the volume goes with the claim', () => {
    const props = { storageClassName: 'gp3', accessMode: AccessMode.READ_WRITE_ONCE };
    expect(refusal(props, CLASSES)).toContain('CLU012: storage class gp3 deletes the volume with its claim.');
    expect(refusal(props, { ...CLASSES, stage: Stage.STAGING })).toBe('');
  });

  test('CLU012 passes when acknowledged, and the claim says why', () => {
    const chart = chartWith(CLASSES);
    const props = { ...SIZE, storageClassName: 'gp3', accessMode: AccessMode.READ_WRITE_ONCE };
    Acknowledge.of(new Claim(chart, 'cache', props)).add('CLU012', 'A cache.');
    expect(only(chart, 'PersistentVolumeClaim').metadata.annotations).toMatchObject({
      'cdk8s-ml.dev/waive-volume-deleted-with-claim': 'A cache.',
    });
  });

  test('KUB003 fails for two of one name', () => {
    const message = complaints((chart) => {
      new Claim(chart, 'one', { ...SIZE, name: 'same' });
      new Claim(chart, 'two', { ...SIZE, name: 'same' });
    });
    expect(message).toContain('KUB003: PersistentVolumeClaim same is made twice');
  });

  test('keeps what it was given, whatever becomes of the props', () => {
    const chart = chartWith();
    const labels = { team: 'nlp' };
    new Claim(chart, 'models', { ...SIZE, labels });
    labels.team = 'changed';
    expect((Testing.synth(chart) as { metadata: { labels: object } }[])[0].metadata.labels).toMatchObject({
      team: 'nlp',
    });
  });
});
