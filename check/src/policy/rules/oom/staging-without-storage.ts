import type { Container } from '../../../inventory/container';
import type { PodFacts } from '../../../inventory/pod';
import { mayBeGiven } from '../../../inventory/default-amounts';
import { parametersOf } from '../../../inventory/model-size';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** What nodes have to spare for pods that do not ask. */
const MUCH = 10n * 1_000_000_000n * 1_000_000_000n;
const COPIES =
  /\b(aws s3|s5cmd|gsutil|gcloud storage|azcopy|rclone|rsync|wget|curl|hf download|huggingface-cli|snapshot_download|storage-initializer|download|sync|fetch|cp)\b/i;

export const stagingWithoutStorage: Rule<Scope.POD> = {
  name: 'staging-without-storage',
  group: Group.OOM,
  facts: ['ML-MEM-011'],
  scope: Scope.POD,
  why: 'An emptyDir is on the disk of the node. Who does not request ephemeral-storage is put on nodes without room, and evicted first when the disk is full. https://kubernetes.io/docs/concepts/storage/ephemeral-storage/',
  fix: 'Request ephemeral-storage for what is copied, or copy to a claim.',
  check: (pod, inventory) => {
    const asks = pod.everyContainer.some(
      (each) =>
        each.resources.at('requests', 'ephemeral-storage').exists ||
        each.resources.at('limits', 'ephemeral-storage').exists,
    );
    const [first] = pod.containers;
    if (asks || first === undefined || mayBeGiven(first, 'ephemeral-storage', inventory)) return [];
    return [...filled(pod)].flatMap((volume) => {
      const size = volume.field.at('emptyDir', 'sizeLimit');
      if (volume.source !== 'emptyDir' || volume.nature !== 'ephemeral') return [];
      const what = (size.quantity ?? 0n) > MUCH ? `up to ${size.value}` : size.exists ? undefined : largeModel(pod);
      if (what === undefined) return [];
      return [warning(size, `copies ${what} into the volume ${volume.name}, and requests no ephemeral-storage.`)];
    });
  },
};

/** A model that init containers copy and that is larger than what nodes have to spare, with two bytes for each parameter. */
function largeModel({ initContainers }: PodFacts): string | undefined {
  const billions = initContainers.map(parametersOf).find((each) => each !== undefined && each > 5);
  return billions === undefined ? undefined : `a model of ${billions}B parameters`;
}

/** The volumes into which init containers copy something. */
function filled({ initContainers }: PodFacts): ReadonlySet<NonNullable<Container['mounts'][number]['volume']>> {
  const copying = initContainers.filter(({ words, image, name }) =>
    COPIES.test([name, image ?? '', ...words].join(' ')),
  );
  return new Set(
    copying.flatMap(({ mounts }) => mounts.flatMap(({ volume, readOnly }) => (volume && !readOnly ? [volume] : []))),
  );
}
