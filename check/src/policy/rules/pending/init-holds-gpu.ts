import type { Container } from '../../../inventory/container';
import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { isPlaced } from './gpu-pods';

export const initHoldsGpu: Rule<Scope.POD> = {
  name: 'init-holds-gpu',
  group: Group.PENDING,
  packs: [Group.RUNAWAY],
  facts: ['ML-SCHED-017'],
  scope: Scope.POD,
  why: 'A pod holds its GPUs from the moment it is scheduled: what init containers do before the work begins is paid for in GPU time. https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers',
  fix: 'Stage the data in a run of its own before, or keep it on a volume.',
  check: (pod) => {
    const { initContainers } = pod;
    if (!isPlaced(pod) || initContainers.length === 0) return [];
    const main = countIn(pod.sized);
    const greedy = initContainers.find((each) => each.part === 'init' && countIn([each]) > main);
    if (greedy !== undefined) {
      const count = countIn([greedy]);
      const message = `asks for ${count} devices in init container ${greedy.name}, and for ${main} in the work itself.`;
      return [info(greedy.resources, message, 'Ask for no more than the work itself needs.')];
    }
    const copier = main === 0 ? undefined : initContainers.find((each) => each.part === 'init' && copies(each));
    return copier === undefined
      ? []
      : [info(copier.field, `holds ${main} devices while init container ${copier.name} copies data.`)];
  },
};

function countIn(containers: readonly Container[]): number {
  return containers.reduce(
    (sum, { devices }) => sum + devices.reduce((inner, { count }) => inner + (count ?? 1), 0),
    0,
  );
}

const COPY =
  /\b(aws s3 (cp|sync)|s5cmd|gsutil|gcloud storage|azcopy|rclone|rsync|wget|curl|git clone|huggingface-cli download|hf download|snapshot_download|mc (cp|mirror))\b/;
const COPY_IMAGE = /(^|\/)(aws-cli|s5cmd|rclone|cloud-sdk|storage-initializer|gcs-?fuse|git-sync|mc)(:|@|$)/;

function copies({ words, image }: Container): boolean {
  return COPY.test(words.join(' ')) || (image !== undefined && COPY_IMAGE.test(image));
}
