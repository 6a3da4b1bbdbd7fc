import { driverOf } from '../../src/inventory/claims';
import { inventoryOf } from './inventory-of';

const pod = (volume: string, namespace = 'ml'): string => `
apiVersion: v1
kind: Pod
metadata: { name: main, namespace: ${namespace} }
spec: { containers: [{ name: main }], volumes: [{ name: data, ${volume} }] }
---`;
const USES_CLAIM = pod('persistentVolumeClaim: { claimName: data }');
const claim = (spec: string, metadata = 'name: data, namespace: ml'): string => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { ${metadata} }
spec: { accessModes: [ReadWriteOnce], ${spec} }
---`;
const volume = (name: string, spec: string): string => `
apiVersion: v1
kind: PersistentVolume
metadata: { name: ${name} }
spec: { ${spec} }
---`;
const CLASS = `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: ebs.csi.aws.com
parameters: { type: gp3 }
---`;
const S3 = 'csi: { driver: s3.csi.aws.com, volumeAttributes: { bucketName: own } }';
const NFS = 'nfs: { server: a, path: / }';

test.each<[string, string, [name: string, settings: string] | undefined]>([
  [
    'its own driver',
    pod('csi: { driver: gcsfuse.csi.storage.gke.io, volumeAttributes: { bucketName: own } }'),
    ['gcsfuse.csi.storage.gke.io', 'spec.volumes[0].csi.volumeAttributes'],
  ],
  ['its own driver without a name', pod('csi: { readOnly: true }'), undefined],
  ['the class of its claim', USES_CLAIM + claim('storageClassName: fast') + CLASS, ['ebs.csi.aws.com', 'parameters']],
  ['a class that is not there', USES_CLAIM + claim('storageClassName: slow') + CLASS, undefined],
  ['the default class', USES_CLAIM + claim('resources: {}') + CLASS, undefined],
  ['a claim that is not there', USES_CLAIM + CLASS, undefined],
  [
    'a claim of another namespace',
    USES_CLAIM + claim('storageClassName: fast', 'name: data, namespace: x') + CLASS,
    undefined,
  ],
  ['no claim', pod('emptyDir: {}') + claim('storageClassName: fast') + CLASS, undefined],
  [
    'a volume that the claim names',
    USES_CLAIM +
      volume('other', NFS) +
      volume('bucket', S3) +
      claim('volumeName: bucket, storageClassName: fast') +
      CLASS,
    ['s3.csi.aws.com', 'spec.csi.volumeAttributes'],
  ],
  [
    'a volume that names the claim',
    USES_CLAIM +
      volume('a', `${S3}, claimRef: { name: other, namespace: ml }`) +
      volume('b', `${NFS}, claimRef: { name: data, namespace: ml }`) +
      volume('c', `${S3}, claimRef: { name: data, namespace: other }`) +
      claim('storageClassName: ""'),
    ['nfs', 'spec'],
  ],
  [
    'a volume that names the claim, which leaves its namespace to whoever applies it',
    USES_CLAIM +
      volume('b', `${NFS}, claimRef: { name: data, namespace: ml }`) +
      claim('storageClassName: ""', 'name: data'),
    ['nfs', 'spec'],
  ],
  [
    'a volume of a kind that is not known',
    USES_CLAIM + volume('b', 'flocker: {}') + claim('volumeName: b, storageClassName: fast') + CLASS,
    undefined,
  ],
])('a volume is provided by %s', (_, manifest, driver) => {
  const inventory = inventoryOf(manifest);
  const [{ volumes }] = inventory.pods;
  const found = driverOf(inventory.pods[0], volumes[0], inventory);
  expect(found && [found.name, found.settings.place]).toEqual(driver);
});

test.each(['nfs', 'hostPath', 'local', 'cephfs', 'azureFile', 'glusterfs'])('%s is a driver in the tree', (key) => {
  const inventory = inventoryOf(USES_CLAIM + volume('b', `${key}: { path: / }`) + claim('volumeName: b'));
  const [pod] = inventory.pods;
  expect(driverOf(pod, pod.volumes[0], inventory)?.name).toBe(key);
});
