import type { Volume } from '../../../inventory/volume';
import type { PodFacts } from '../../../inventory/pod';
import { info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Containers that webhooks put into pods mount volumes of these names. https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cloud-storage-fuse-csi-driver-sidecar */
const OF_SIDECARS = /^(gke-gcsfuse-|istio-|linkerd-|vault-|dapr-)/;

export const unusedVolume: Rule<Scope.POD> = {
  name: 'unused-volume',
  group: Group.PENDING,
  facts: [],
  scope: Scope.POD,
  why: 'A pod waits for every volume it has, also for those that no container mounts; and what should be saved there is not. https://kubernetes.io/docs/concepts/storage/volumes/#how-volumes-work',
  fix: 'Mount it, or take it out.',
  check: (pod) => {
    // The steps of a workflow share its volumes, and Volcano and operators mount by other means.
    if (pod.partial || pod.workload.is(pod.workload.resource.kind, 'argoproj.io')) return [];
    const used = usedIn(pod);
    return pod.volumes.flatMap(({ field, name, nature }: Volume) => {
      if (name === '' || used.has(name) || OF_SIDECARS.test(name)) return [];
      const message = `has the volume ${name}, which no container mounts.`;
      return nature === 'claim' ? [warning(field, message)] : [info(field, message)];
    });
  },
};

function usedIn({ everyContainer }: PodFacts): ReadonlySet<string | undefined> {
  return new Set(
    everyContainer.flatMap(({ field, mounts }) => [
      ...mounts.map(({ volumeName }) => volumeName),
      ...field.at('volumeDevices').items.map((device) => device.at('name').text),
    ]),
  );
}
