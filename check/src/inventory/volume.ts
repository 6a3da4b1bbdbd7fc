import type { Field } from './field';

/** What a volume is, as far as it matters whether its content survives. */
export type VolumeNature =
  /** A claim that lives by itself. */
  | 'claim'
  /** Made with the pod and gone with it. */
  | 'ephemeral'
  /** Memory that counts against the containers' limits. */
  | 'memory'
  /** A directory of the node. */
  | 'host-path'
  /** An image or other content that nobody writes to. */
  | 'read-only'
  /** A file system that lives by itself, named in the pod. */
  | 'network'
  /** A driver's own, about which nothing is known. */
  | 'unknown';

/** A volume of a pod. */
export interface Volume {
  readonly field: Field;
  readonly name: string;
  /** Key that says what it is, such as `emptyDir`; undefined when it has none. */
  readonly source?: string;
  readonly nature: VolumeNature;
  /** Name of the claim. */
  readonly claimName?: string;
}

const NATURES: { readonly [source: string]: VolumeNature } = {
  persistentVolumeClaim: 'claim',
  ephemeral: 'ephemeral',
  hostPath: 'host-path',
  image: 'read-only',
  configMap: 'read-only',
  secret: 'read-only',
  projected: 'read-only',
  downwardAPI: 'read-only',
  gitRepo: 'ephemeral',
  nfs: 'network',
  cephfs: 'network',
  glusterfs: 'network',
  azureFile: 'network',
  awsElasticBlockStore: 'network',
  gcePersistentDisk: 'network',
  azureDisk: 'network',
};

/** A volume as the pod describes it. */
export function volumeOf(field: Field): Volume {
  const source = field.keys.find((key) => key !== 'name');
  return {
    field,
    name: field.at('name').text ?? '',
    source,
    nature: natureOf(field, source),
    claimName: field.at('persistentVolumeClaim', 'claimName').text,
  };
}

/** A claim that is made from a template of the workload, one for each pod or for the whole. */
export function templatedVolume(template: Field): Volume {
  const name = template.at('metadata', 'name').text ?? '';
  return { field: template, name, source: 'volumeClaimTemplate', nature: 'claim' };
}

function natureOf(field: Field, source: string | undefined): VolumeNature {
  if (source === undefined) return 'ephemeral'; // the API server makes it an emptyDir
  if (source === 'emptyDir') return field.at('emptyDir', 'medium').text === 'Memory' ? 'memory' : 'ephemeral';
  return Object.hasOwn(NATURES, source) ? NATURES[source] : 'unknown';
}
