import { WAIVER_PREFIX } from 'cdk8s-ml/floor/kinds/labels';
import type { Inventory } from '../../../inventory/inventory';
import type { PodFacts } from '../../../inventory/pod';
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
  const said = [...notes, entrypointOf(workload), ...workload.pods.flatMap((pod) => saidBy(pod, inventory))].join('\n');
  if (RESUMES.test(said)) return 'resumes';
  if (SAVES.test(said)) return 'saves';
  const hidden = workload.pods.some((pod) => pod.partial || hasUnknownVariables(pod, inventory));
  return hidden || workload.roles.length === 0 ? 'unknown' : 'nothing';
}

function entrypointOf({ resource }: Workload): string {
  const spec = resource.at('spec');
  return resource.kind === 'RayJob'
    ? `${spec.at('entrypoint').text ?? ''}\n${spec.at('runtimeEnvYAML').text ?? ''}`
    : '';
}

/** What pods say: words, variables, names of volumes and mounts, and the configuration that they mount. */
function saidBy(pod: PodFacts, inventory: Inventory): string[] {
  const ofContainers = pod.everyContainer.flatMap((container) => [
    ...container.words,
    ...container.env.flatMap(({ name, value }) => [name, value ?? '']),
    ...container.mounts.flatMap(({ path, volumeName, field }) => [
      path,
      volumeName ?? '',
      field.at('subPath').text ?? '',
    ]),
  ]);
  const ofVolumes = pod.volumes.flatMap(({ name, claimName, field }) => [
    name,
    claimName ?? '',
    ...dataOf(pod, field.at('configMap', 'name').text, inventory),
  ]);
  return [...ofContainers, ...ofVolumes, ...envSources(pod).flatMap((name) => dataOf(pod, name, inventory))];
}

function dataOf(pod: PodFacts, name: string | undefined, inventory: Inventory): string[] {
  if (name === undefined) return [];
  const map = inventory.find('', 'ConfigMap', name, pod.workload.resource.namespace);
  return map?.at('data').entries.flatMap(([key, { text }]) => [key, text ?? '']) ?? [];
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
