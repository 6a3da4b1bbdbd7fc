import type { Manifest, Metadata } from '../api/manifest';

/** A pod template found in an object. */
export interface PodTemplate {
  /** Where it stands: `spec.pytorchReplicaSpecs.Worker.template`. */
  readonly path: string;
  readonly metadata: Partial<Metadata>;
  readonly spec: Fields;
}

type Fields = { [field: string]: unknown };

/** Kinds whose templates may lack an image, which the job that uses them brings. */
const RUNTIMES = ['TrainingRuntime', 'ClusterTrainingRuntime'];

/**
 * Every pod template in an object of any kind: whatever has a `spec` with a list of containers, at any depth.
 *
 * What stands directly in a Pod, or in a kind whose own `spec` holds containers that an operator completes
 * (ServingRuntime), is not a template.
 */
export function podTemplates(manifest: Manifest): PodTemplate[] {
  const found: PodTemplate[] = [];
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) return value.forEach((item, index) => walk(item, `${path}[${index}]`));
    if (!isFields(value)) return;
    if (isFields(value.spec) && Array.isArray(value.spec.containers)) {
      found.push({ path, metadata: (value.metadata ?? {}) as Partial<Metadata>, spec: value.spec });
      return;
    }
    for (const [key, field] of Object.entries(value)) walk(field, path === '' ? key : `${path}.${key}`);
  };
  for (const [key, field] of Object.entries(manifest)) {
    if (key !== 'metadata' && key !== 'status') walk(field, key);
  }
  return found;
}

/** A bare Pod as a controller would make it from a template of `owner`. */
export function podOf(owner: Manifest, template: PodTemplate, namespace: string): Manifest {
  const { labels, annotations } = template.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: 'pod-', namespace, labels, annotations },
    spec: { ...template.spec, ...restart(owner, template), ...claims(owner, template), ...images(owner, template) },
  };
}

/** Operators choose a restart policy where a template has none; Kubernetes itself takes Always or refuses. */
function restart(owner: Manifest, template: PodTemplate): Fields {
  const builtIn = ['v1', 'apps/v1', 'batch/v1'].includes(owner.apiVersion);
  return builtIn || template.spec.restartPolicy !== undefined ? {} : { restartPolicy: 'Never' };
}

/** A StatefulSet gives each pod a volume for each of its claim templates. */
function claims(owner: Manifest, template: PodTemplate): Fields {
  const spec = owner.spec as Fields | undefined;
  if (owner.kind !== 'StatefulSet' || !Array.isArray(spec?.volumeClaimTemplates)) return {};
  const volumes = (spec.volumeClaimTemplates as Manifest[]).map(({ metadata: { name } }) => ({
    name,
    persistentVolumeClaim: { claimName: `${name}-${owner.metadata.name}-0` },
  }));
  return { volumes: [...((template.spec.volumes as unknown[] | undefined) ?? []), ...volumes] };
}

function images(owner: Manifest, template: PodTemplate): Fields {
  if (!RUNTIMES.includes(owner.kind)) return {};
  const containers = template.spec.containers as Fields[];
  return { containers: containers.map((container) => ({ image: 'example.com/of-the-job:1', ...container })) };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
