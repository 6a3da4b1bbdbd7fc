import type { StorageDriver } from '../../../inventory/claims';
import { driverOf } from '../../../inventory/claims';
import { trains } from '../../../inventory/training';
import type { Field } from '../../../inventory/field';
import type { Remark } from '../../finding';
import { info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { savePlaces } from './checkpoint-contract';
import { fateOf } from './save-fate';

export const checkpointOnObjectMount: Rule<Scope.POD> = {
  name: 'checkpoint-on-object-mount',
  group: Group.LOST_WORK,
  facts: ['ML-CKPT-008'],
  scope: Scope.POD,
  why: 'A bucket that is mounted as a file system cannot rename, append or write in the middle of a file as programs expect that write a checkpoint aside and then move it into place. https://github.com/awslabs/mountpoint-s3/blob/main/doc/SEMANTICS.md',
  fix: 'Save to a file system, or let the program write to the bucket by its URL and mark complete checkpoints with a last object.',
  check: (pod, inventory) =>
    trains(pod)
      ? pod.containers.flatMap(savePlaces).flatMap((place) => {
          const fate = fateOf(place);
          const volume = fate.to === 'volume' ? fate.mount.volume : undefined;
          const driver = volume && place.kind === 'checkpoint' ? driverOf(pod, volume, inventory) : undefined;
          return driver ? remarks(place.field, place.written, driver) : [];
        })
      : [],
};

function remarks(field: Field, written: string, { name, settings }: StorageDriver): Remark[] {
  const message = `saves checkpoints to ${written}, a bucket that ${name} mounts as a file system`;
  switch (name) {
    case 's3.csi.aws.com':
      // Directory buckets can rename.
      return /--x-s3$/.test(settings.at('bucketName').text ?? '')
        ? []
        : [warning(field, `${message} without renaming.`)];
    case 'gcsfuse.csi.storage.gke.io':
      return [info(field, `${message}, where renaming a directory is no single step.`)];
    case 'blob.csi.azure.com':
      return settings.at('protocol').text === 'nfs'
        ? []
        : [info(field, `${message}, where renaming is no single step.`)];
    default:
      return [];
  }
}
