import type { PodGroupSpec as CoschedulingSpec } from '../../../imports/scheduling.x-k8s.io';
import type { PodGroupSpec as VolcanoSpec } from '../../../imports/scheduling.volcano.sh';
import { GangScheduler } from '../../cluster/settings';
import { ARGO_SYNC_OPTIONS_ANNOTATION, ARGO_SYNC_WAVE_ANNOTATION } from '../../kinds/labels';
import { KubernetesVersion } from '../../kinds/version';
import type { Manifest } from '../../render/api-object';
import type { PodGroupFields } from '../../render/pod-description';

/** Name of the one group of a Workload. */
const GROUP = 'gang';

/** A group of pods as a scheduler wants it. */
type Form = Pick<Manifest, 'apiVersion' | 'kind' | 'spec'>;

/**
 * The group of a gang, called as its run. Before the run, whose pods wait without it; Argo CD may not remove it unasked.
 */
export function podGroup(
  scheduler: GangScheduler,
  kubernetes: KubernetesVersion,
  { name, labels, annotations }: Manifest['metadata'],
  needed: number,
): Manifest {
  const isDeclared = annotations?.[ARGO_SYNC_OPTIONS_ANNOTATION] !== undefined;
  return {
    ...form(scheduler, kubernetes, needed),
    metadata: {
      name,
      labels: withoutQueue(labels),
      annotations: { ...annotations, ...(isDeclared ? { [ARGO_SYNC_WAVE_ANNOTATION]: '-1' } : {}) },
    },
  };
}

function form(scheduler: GangScheduler, kubernetes: KubernetesVersion, needed: number): Form {
  if (scheduler === GangScheduler.WORKLOAD_API) return formOfKubernetes(kubernetes, needed);
  const spec: CoschedulingSpec & VolcanoSpec = { minMember: needed };
  const isVolcano = scheduler === GangScheduler.VOLCANO;
  return {
    apiVersion: isVolcano ? 'scheduling.volcano.sh/v1beta1' : 'scheduling.x-k8s.io/v1alpha1',
    kind: 'PodGroup',
    spec,
  };
}

/**
 * In 1.35 a Workload with groups in it, since 1.36 an object for each group; a Workload is then only what controllers make groups from.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/gang-scheduling/
 */
function formOfKubernetes(kubernetes: KubernetesVersion, minCount: number): Form {
  const policy = { gang: { minCount } };
  return isWorkload(kubernetes)
    ? { apiVersion: 'scheduling.k8s.io/v1alpha1', kind: 'Workload', spec: { podGroups: [{ name: GROUP, policy }] } }
    : { apiVersion: 'scheduling.k8s.io/v1alpha2', kind: 'PodGroup', spec: { schedulingPolicy: policy } };
}

/** By which field pods join the group of that name. */
export function podGroupFields(kubernetes: KubernetesVersion, name: string): PodGroupFields {
  return isWorkload(kubernetes)
    ? { workloadRef: { name, podGroup: GROUP } }
    : { schedulingGroup: { podGroupName: name } };
}

function isWorkload(kubernetes: KubernetesVersion): boolean {
  return kubernetes === KubernetesVersion.V1_35;
}

function withoutQueue(labels: Manifest['metadata']['labels'] = {}): { [label: string]: string } {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !key.startsWith('kueue.x-k8s.io/')));
}
