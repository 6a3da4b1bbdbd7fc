import { WAIVER_PREFIX } from 'cdk8s-ml/floor/kinds/labels';
import type { Inventory } from '../../../inventory/inventory';
import type { PodFacts } from '../../../inventory/pod';
import type { Resource } from '../../../inventory/resource';
import type { Workload } from '../../../inventory/workload';

/** Anything that says that a run can be continued. */
const RESUMES = /checkpoint|ckpt|resum|snapshot|(^|\s)--?(load|restore)([-_=\s]|$)/i;
/** Anything that says that a run saves something. */
const SAVES =
  /(output|save|export|result|artifact)s?[-_]?(dir|path|uri|url|folder|to)\b|(^|\s)--?(output|save)|torch\.save|save_pretrained|(^|\s)(s3|gs|gcs|az|abfss?|wasbs?):\/\//i;

/** How much a run says of saving: that it can be continued, that it saves something, nothing. */
export type Saving = 'resumes' | 'saves' | 'nothing' | 'unknown';

const memo = new WeakMap<Workload, Saving>();

/** How much a run says of saving, in what it starts, its variables, volumes, annotations and the configuration that it mounts. */
export function savingOf(workload: Workload, inventory: Inventory): Saving {
  const known = memo.get(workload) ?? judge(workload, inventory);
  memo.set(workload, known);
  return known;
}

function judge(workload: Workload, inventory: Inventory): Saving {
  const notes = Object.keys(workload.resource.annotations).filter((key) => !key.startsWith(WAIVER_PREFIX));
  const own = sayingOf([...notes, entrypointOf(workload), ...workload.pods.flatMap(saidBy)].join('\n'));
  const maps = new Set(workload.pods.flatMap((pod) => configurationOf(pod, inventory)));
  const said = [own, ...[...maps].map(sayingOfMap)];
  if (said.includes('resumes')) return 'resumes';
  if (said.includes('saves')) return 'saves';
  const hidden = workload.pods.some((pod) => pod.partial || hasUnknownVariables(pod, inventory));
  return hidden || workload.roles.length === 0 ? 'unknown' : 'nothing';
}

function sayingOf(text: string): Saving {
  if (RESUMES.test(text)) return 'resumes';
  return SAVES.test(text) ? 'saves' : 'nothing';
}

const ofMaps = new WeakMap<Resource, Saving>();

/** What a ConfigMap says; it may be large, and many runs may mount it. */
function sayingOfMap(map: Resource): Saving {
  const known = ofMaps.get(map);
  if (known) return known;
  const said = sayingOf(
    map
      .at('data')
      .entries.flatMap(([key, { text }]) => [key, text ?? ''])
      .join('\n'),
  );
  ofMaps.set(map, said);
  return said;
}

function entrypointOf({ resource }: Workload): string {
  const spec = resource.at('spec');
  return resource.kind === 'RayJob'
    ? `${spec.at('entrypoint').text ?? ''}\n${spec.at('runtimeEnvYAML').text ?? ''}`
    : '';
}

/** What pods say: words, variables, names of volumes and mounts. */
function saidBy(pod: PodFacts): string[] {
  const ofContainers = pod.everyContainer.flatMap((container) => [
    ...container.words,
    ...container.env.flatMap(({ name, value }) => [name, value ?? '']),
    ...container.mounts.flatMap(({ path, volumeName = '', field }) => [
      path,
      volumeName,
      field.at('subPath').text ?? '',
    ]),
  ]);
  return [...ofContainers, ...pod.volumes.flatMap(({ name, claimName = '' }) => [name, claimName])];
}

/** The ConfigMaps that pods mount or take variables from. */
function configurationOf(pod: PodFacts, inventory: Inventory): Resource[] {
  const { namespace } = pod.workload.resource;
  const mounted = pod.volumes.flatMap(({ field }) => field.at('configMap', 'name').text ?? []);
  return [...mounted, ...envSources(pod)].flatMap((name) => inventory.find('', 'ConfigMap', name, namespace) ?? []);
}

function envSources({ everyContainer }: PodFacts): string[] {
  return everyContainer.flatMap(({ field }) =>
    field.at('envFrom').items.flatMap((source) => source.at('configMapRef', 'name').text ?? []),
  );
}

function hasUnknownVariables(pod: PodFacts, inventory: Inventory): boolean {
  const { namespace } = pod.workload.resource;
  return envSources(pod).some((name) => !inventory.find('', 'ConfigMap', name, namespace));
}
