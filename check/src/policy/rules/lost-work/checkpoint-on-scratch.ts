import type { Volume } from '../../../inventory/volume';
import { makesResult } from '../../../inventory/training';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { savePlaces } from './checkpoint-contract';
import { fateOf } from './save-fate';

const GONE: { readonly [nature: string]: string } = {
  ephemeral: 'goes with the pod',
  memory: 'is memory of the pod, and goes with it',
  'read-only': 'cannot be written',
};
/** Directories of nodes under which clusters mount a file system that all nodes share. */
const SHARED = /(^|[/_-])(fsx|efs|nfs|lustre|gpfs|weka|beegfs|ceph(fs)?|shared?|vast|filestore|juicefs)([/_-]|$)/i;

export const checkpointOnScratch: Rule<Scope.RUN> = {
  name: 'checkpoint-on-scratch',
  group: Group.LOST_WORK,
  facts: ['ML-CKPT-002'],
  scope: Scope.RUN,
  why: 'A retry is a new pod, maybe on another node: what the old one had in an emptyDir, an ephemeral claim or a directory of its node is not there. https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/',
  fix: 'Save to a persistentVolumeClaim or an object store.',
  props: 'Set checkpoints to Checkpoints.claim(...), and output to ModelStore.claim(...).',
  check: ({ pods }) =>
    pods.filter(makesResult).flatMap(({ containers }) =>
      containers.flatMap((container) =>
        savePlaces(container).flatMap((place) => {
          const fate = fateOf(place);
          const volume = fate.to === 'volume' ? fate.mount.volume : undefined;
          if (volume === undefined) return [];
          const message = `saves to ${place.written} (${place.by}) in container ${container.name}, on the volume ${volume.name} that`;
          if (isOfOneNode(volume)) return [warning(place.field, `${message} is a directory of the node.`)];
          const what = GONE[volume.nature];
          return what === undefined ? [] : [error(place.field, `${message} ${what}.`)];
        }),
      ),
    ),
};

function isOfOneNode({ nature, field }: Volume): boolean {
  return nature === 'host-path' && !SHARED.test(field.at('hostPath', 'path').text ?? '');
}
