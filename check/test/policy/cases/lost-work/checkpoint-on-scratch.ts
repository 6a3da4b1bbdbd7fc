import { Severity } from '../../../../src/policy/finding';
import { checkpointOnScratch } from '../../../../src/policy/rules/lost-work/checkpoint-on-scratch';
import { CONTAINER, POD } from '../job-manifests';
import type { Json } from '../../../../src/inventory/json';
import type { Flip, RuleCase } from '../../rule-case';
import { saving, training } from './manifests';

const volume = (source: { [key: string]: Json }, says: RegExp, severity = Severity.ERROR): Flip => ({
  change: { [`${POD}.volumes[0]`]: { name: 'ckpt', ...source } },
  at: `${CONTAINER}.env[0].value`,
  says,
  severity,
});
const onScratch = (source: string, more = ''): string =>
  training(
    'env: [{ name: CHECKPOINT_DIR, value: /ckpt }]\nvolumeMounts: [{ name: ckpt, mountPath: /ckpt }]',
    `volumes: [{ name: ckpt, ${source} }]\n${more}`,
  );

export const CHECKPOINT_ON_SCRATCH: RuleCase = {
  rule: checkpointOnScratch,
  good: saving(),
  flips: [
    volume({ emptyDir: {} }, /saves to \/ckpt\/run \(CHECKPOINT_DIR\) .* on the volume ckpt that goes with the pod/),
    volume({ emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } }, /is memory of the pod/),
    volume({ ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } }, /goes with the pod/),
    volume({ configMap: { name: 'c' } }, /cannot be written/),
    volume({ hostPath: { path: '/mnt/disks/0' } }, /is a directory of the node/, Severity.WARNING),
  ],
  silent: {
    'a file system that all nodes share': onScratch('hostPath: { path: /fsx/ubuntu }'),
    'a driver of its own': onScratch('csi: { driver: gcsfuse.csi.storage.gke.io }'),
    'brought out by a container beside': onScratch(
      'emptyDir: {}',
      `initContainers:
- { name: uploader, image: 'example.com/sync:1', restartPolicy: Always, volumeMounts: [{ name: ckpt, mountPath: /c }] }`,
    ),
  },
};
