import { Severity } from '../../../../src/policy/finding';
import { checkpointOnObjectMount } from '../../../../src/policy/rules/lost-work/checkpoint-on-object-mount';
import { CONTAINER } from '../job-manifests';
import type { RuleCase } from '../../rule-case';
import { claim, saving } from './manifests';

const volume = (driver: string, attributes = ''): string => `
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: bucket }
spec:
  accessModes: [ReadWriteMany]
  capacity: { storage: 1Ti }
  csi: { driver: ${driver}, volumeHandle: x, volumeAttributes: { bucketName: team${attributes} } }
`;
const manifest = (driver: string, attributes?: string): string =>
  `${saving()}${claim('fsx', 'ReadWriteMany', 'volumeName: bucket')}${volume(driver, attributes)}`;
const at = `${CONTAINER}.env[0].value`;
const flip = (driver: string, severity: Severity): RuleCase['flips'][number] => ({
  change: { 'spec.csi.driver': driver },
  object: 2,
  at,
  says: new RegExp(`saves checkpoints to /ckpt/run, a bucket that ${driver} mounts`),
  severity,
});

export const CHECKPOINT_ON_OBJECT_MOUNT: RuleCase = {
  rule: checkpointOnObjectMount,
  good: manifest('fsx.csi.aws.com'),
  flips: [
    flip('s3.csi.aws.com', Severity.WARNING),
    flip('gcsfuse.csi.storage.gke.io', Severity.INFO),
    flip('blob.csi.azure.com', Severity.INFO),
  ],
  silent: {
    'directory buckets can rename': manifest('s3.csi.aws.com', '--use1-az4--x-s3'),
    'NFS renames': manifest('blob.csi.azure.com', ', protocol: nfs'),
  },
};
