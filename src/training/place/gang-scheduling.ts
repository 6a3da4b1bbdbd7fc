import type { ClusterProfile } from '../../cluster/profile';
import type { GangSchedulerSpec } from '../../cluster/scheduling-specs';
import { GangScheduler, TrainingBackend } from '../../cluster/settings';
import type { Problem } from '../../core/diagnostics';
import {
  COSCHEDULING_GROUP_LABEL,
  KAI_MIN_MEMBER_ANNOTATION,
  KAI_QUEUE_LABEL,
  VOLCANO_GROUP_ANNOTATION,
} from '../../kinds/labels';
import { KubernetesVersion } from '../../kinds/version';
import type { Manifest } from '../../render/api-object';
import type { PodGroupFields } from '../../render/pod-description';
import { BACKEND_TABLE } from '../backends/table';
import { GANG_SCHEDULER_BYPASSED, GROUP_LOST } from '../diagnostics';
import type { DistributedRunProps } from '../gang-props';
import { podGroup, podGroupFields } from './pod-group';

/** What a gang scheduler reads of a gang; nothing where there is none, or nothing is left for it to do. */
export interface GangScheduling {
  readonly schedulerName?: string;
  readonly labels?: { readonly [label: string]: string };
  readonly annotations?: { readonly [annotation: string]: string };
  /** Fields of its pods. */
  readonly fields?: PodGroupFields;
  /** Annotations of the object of the run. */
  readonly runAnnotations?: { readonly [annotation: string]: string };
  /** The group that the pods are members of. */
  readonly podGroup?: Manifest;
  /** Whether the scheduler sees the pods as one. */
  readonly isGrouped: boolean;
  readonly problems: readonly Problem[];
}

/** Nothing for a gang scheduler to read. */
export const UNGROUPED: GangScheduling = { isGrouped: false, problems: [] };

/** A gang, as far as gang schedulers look at it. */
export interface GroupedPods {
  readonly backend: TrainingBackend;
  /** Head of the group, under the name that pods say. */
  readonly metadata: Manifest['metadata'];
  /** Pods without which it cannot train: those of all roles, or of an elastic run its least number of nodes. */
  readonly needed: number;
  /** Whether Kueue starts all pods at once. */
  readonly isByKueue: boolean;
}

/** Lets the gang scheduler of the profile start all pods of a gang or none. */
export function gangScheduling(profile: ClusterProfile, props: DistributedRunProps, pods: GroupedPods): GangScheduling {
  const { gangScheduler } = profile;
  if (!gangScheduler || pods.needed < 2 || pods.isByKueue) return UNGROUPED;
  const { scheduler } = gangScheduler;
  const schedulerName = gangScheduler.schedulerName ?? USUAL_NAMES[scheduler];
  const problem = ungrouped(profile, props, pods, schedulerName ?? DEFAULT_SCHEDULER, scheduler);
  if (problem) return { ...UNGROUPED, problems: [problem] };
  const { metadata, needed, backend } = pods;
  const { name } = metadata;
  const group = () => podGroup(scheduler, profile.kubernetes, metadata, needed);
  const common = { schedulerName, isGrouped: true, problems: [] };
  switch (scheduler) {
    case GangScheduler.COSCHEDULING:
      return { ...common, labels: { [COSCHEDULING_GROUP_LABEL]: name }, podGroup: group() };
    case GangScheduler.VOLCANO:
      return { ...common, annotations: { [VOLCANO_GROUP_ANNOTATION]: name }, podGroup: group() };
    case GangScheduler.WORKLOAD_API:
      return { ...common, fields: podGroupFields(profile.kubernetes, name), podGroup: group() };
    case GangScheduler.KAI:
      return { ...common, ...groupedByKai(gangScheduler, backend, needed) };
  }
}

/** What the charts of their projects call them. */
const USUAL_NAMES: { readonly [scheduler in GangScheduler]: string | undefined } = {
  [GangScheduler.COSCHEDULING]: 'scheduler-plugins-scheduler',
  [GangScheduler.VOLCANO]: 'volcano',
  [GangScheduler.KAI]: 'kai-scheduler',
  [GangScheduler.WORKLOAD_API]: undefined,
};
/** The one of pods that name none. */
const DEFAULT_SCHEDULER = 'default-scheduler';
const KAI_QUEUE = 'default-queue';

/**
 * KAI makes a group of the pods that one object owns, with all of them as its least number; of a Job with one, unless its annotation
 * says more.
 *
 * @see https://github.com/kai-scheduler/KAI-Scheduler/tree/main/pkg/podgrouper
 */
function groupedByKai(
  { queue = KAI_QUEUE }: GangSchedulerSpec,
  backend: TrainingBackend,
  needed: number,
): Pick<GangScheduling, 'labels' | 'runAnnotations'> {
  const isJob = backend === TrainingBackend.INDEXED_JOB;
  return {
    labels: { [KAI_QUEUE_LABEL]: queue },
    runAnnotations: isJob ? { [KAI_MIN_MEMBER_ANNOTATION]: String(needed) } : undefined,
  };
}

/** Why the pods cannot be a group. */
function ungrouped(
  { kubernetes }: ClusterProfile,
  { schedulerName: given }: DistributedRunProps,
  { backend }: GroupedPods,
  schedulerName: string,
  scheduler: GangScheduler,
): Problem | undefined {
  const { resource, workloadApi } = BACKEND_TABLE[backend];
  if (given !== undefined && given !== schedulerName) return bypassed(given, schedulerName);
  const isLost = scheduler === GangScheduler.WORKLOAD_API && !workloadApi.includes(kubernetes);
  return isLost ? lost(backend, resource, kubernetes) : undefined;
}

function bypassed(given: string, schedulerName: string): Problem {
  const message = `schedulerName is ${given}, and the gang scheduler of the profile is ${schedulerName}.`;
  const fix = 'Leave schedulerName out, or acknowledge that pods start one by one.';
  return { rule: GANG_SCHEDULER_BYPASSED, property: 'schedulerName', value: given, message, fix };
}

function lost(backend: TrainingBackend, resource: string, version: KubernetesVersion): Problem {
  const field = version === KubernetesVersion.V1_35 ? 'workloadRef' : 'schedulingGroup';
  const message = `the backend is ${backend}, and the operator of a ${resource} does not know the field ${field} of pods of Kubernetes ${version}.`;
  const fix = `Set backend to TrainingBackend.INDEXED_JOB ('indexed-job'), take another gangScheduler, or acknowledge that pods start one by one.`;
  return { rule: GROUP_LOST, property: 'backend', value: backend, message, fix };
}
