import type { PodGroupSpec as CoschedulingSpec } from '../../../imports/scheduling.x-k8s.io';
import type { PodGroupSpec as VolcanoSpec } from '../../../imports/scheduling.volcano.sh';
import type { ClusterProfile } from '../../cluster/profile';
import { GangScheduler } from '../../cluster/settings';
import type { Problem } from '../../core/diagnostics';
import {
  ARGO_SYNC_OPTIONS_ANNOTATION,
  ARGO_SYNC_WAVE_ANNOTATION,
  COSCHEDULING_GROUP_LABEL,
  VOLCANO_GROUP_ANNOTATION,
} from '../../kinds/labels';
import type { Manifest } from '../../render/api-object';
import { GANG_SCHEDULER_BYPASSED } from '../diagnostics';
import type { DistributedRunProps } from '../gang-props';

/** What a gang scheduler reads of a gang; nothing where there is none, or nothing is left for it to do. */
export interface GangScheduling {
  readonly schedulerName?: string;
  readonly labels?: { readonly [label: string]: string };
  readonly annotations?: { readonly [annotation: string]: string };
  /** The group that the pods are members of. */
  readonly podGroup?: Manifest;
  readonly problems: readonly Problem[];
}

/** A gang, as far as gang schedulers look at it. */
export interface GroupedPods {
  /** Head of the group: called as the run. Undefined where runs of one template follow each other, whose pods would be one group. */
  readonly metadata?: Manifest['metadata'];
  /** Pods without which it cannot train: those of all roles, or of an elastic run its least number of nodes. */
  readonly needed: number;
  /** Whether Kueue starts all pods at once. */
  readonly isByKueue: boolean;
}

/** Lets the gang scheduler of the profile start all pods of a gang or none. */
export function gangScheduling(
  profile: ClusterProfile,
  props: DistributedRunProps,
  { metadata, needed, isByKueue }: GroupedPods,
): GangScheduling {
  const { gangScheduler } = profile;
  if (!gangScheduler || !metadata || needed < 2 || isByKueue) return { problems: [] };
  const { scheduler } = gangScheduler;
  const schedulerName = gangScheduler.schedulerName ?? USUAL_NAMES[scheduler];
  const given = props.schedulerName;
  if (given !== undefined && given !== schedulerName) return { problems: [bypassed(given, schedulerName)] };
  const { name } = metadata;
  return {
    schedulerName,
    ...(scheduler === GangScheduler.COSCHEDULING
      ? { labels: { [COSCHEDULING_GROUP_LABEL]: name } }
      : { annotations: { [VOLCANO_GROUP_ANNOTATION]: name } }),
    podGroup: podGroup(scheduler, metadata, needed),
    problems: [],
  };
}

/** What the charts of their projects call them. */
const USUAL_NAMES: { readonly [scheduler in GangScheduler]: string } = {
  [GangScheduler.COSCHEDULING]: 'scheduler-plugins-scheduler',
  [GangScheduler.VOLCANO]: 'volcano',
};

const API_VERSIONS: { readonly [scheduler in GangScheduler]: string } = {
  [GangScheduler.COSCHEDULING]: 'scheduling.x-k8s.io/v1alpha1',
  [GangScheduler.VOLCANO]: 'scheduling.volcano.sh/v1beta1',
};

/** Before the run, whose pods wait without it; Argo CD may not remove it unasked. */
function podGroup(
  scheduler: GangScheduler,
  { name, labels, annotations }: Manifest['metadata'],
  minMember: number,
): Manifest {
  const spec: CoschedulingSpec & VolcanoSpec = { minMember };
  const isDeclared = annotations?.[ARGO_SYNC_OPTIONS_ANNOTATION] !== undefined;
  return {
    apiVersion: API_VERSIONS[scheduler],
    kind: 'PodGroup',
    metadata: {
      name,
      labels: withoutQueue(labels),
      annotations: { ...annotations, ...(isDeclared ? { [ARGO_SYNC_WAVE_ANNOTATION]: '-1' } : {}) },
    },
    spec,
  };
}

function withoutQueue(labels: Manifest['metadata']['labels'] = {}): { [label: string]: string } {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !key.startsWith('kueue.x-k8s.io/')));
}

function bypassed(given: string, schedulerName: string): Problem {
  const message = `schedulerName is ${given}, and the gang scheduler of the profile is ${schedulerName}.`;
  const fix = 'Leave schedulerName out, or acknowledge that pods start one by one.';
  return { rule: GANG_SCHEDULER_BYPASSED, property: 'schedulerName', value: given, message, fix };
}
