import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Drivers that mount a bucket, and the settings by which they keep what they have read. */
const CACHES: { readonly [driver: string]: RegExp } = {
  'gcsfuse.csi.storage.gke.io': /file-?cache/i,
  'blob.csi.azure.com': /(file_cache|block_cache|tmp-path)/i,
};

export const uncachedObjectMount: Rule<Scope.POD> = {
  name: 'uncached-object-mount',
  group: Group.SLOW_GANG,
  facts: ['ML-DIST-017'],
  scope: Scope.POD,
  why: 'A bucket that is mounted without a cache is read over the network in every epoch, while the GPUs wait. https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cloud-storage-fuse-csi-driver-perf',
  fix: 'Set the file cache of the driver, or stage the data set on a local disk before the training starts.',
  check: ({ workload: { nature }, deviceCount, volumes, containers }) => {
    if (nature !== 'run' || deviceCount === 0) return [];
    return volumes.flatMap(({ field, name }) => {
      const driver = field.at('csi', 'driver').text ?? '';
      const mounts = containers.flatMap((each) => each.mounts).filter(({ volumeName }) => volumeName === name);
      const names = [name, ...mounts.map(({ path }) => path)].join(' ');
      if (!Object.hasOwn(CACHES, driver) || !/data|train|corpus|input/i.test(names)) return [];
      const attributes = field.at('csi', 'volumeAttributes');
      const isCached = attributes.entries.some(([key, { text }]) => CACHES[driver].test(`${key} ${text ?? ''}`));
      return isCached ? [] : [info(attributes, `mounts the bucket of volume ${name} without a cache.`)];
    });
  },
};
