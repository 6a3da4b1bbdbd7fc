import type { PodFacts } from '../../../inventory/pod';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Marks by which a pod joins a group, and the scheduler that reads each. */
const ANNOTATIONS: readonly (readonly [key: string, scheduler: string])[] = [
  ['scheduling.k8s.io/group-name', 'volcano'],
  ['scheduling.volcano.sh/group-name', 'volcano'],
];
const LABELS: readonly (readonly [key: string, scheduler: string])[] = [
  ['scheduling.x-k8s.io/pod-group', 'the one with the coscheduling plugin'],
  ['pod-group.scheduling.sigs.k8s.io', 'the one with the coscheduling plugin'],
  ['kai.scheduler/queue', 'kai-scheduler'],
];

export const gangSchedulerUnnamed: Rule<Scope.POD> = {
  name: 'gang-scheduler-unnamed',
  group: Group.SLOW_GANG,
  facts: [],
  scope: Scope.POD,
  why: 'The default scheduler knows no groups of pods: it starts one pod after the other, and two gangs that each got half of their nodes wait for each other. https://volcano.sh/en/docs/podgroup/',
  fix: 'Set schedulerName to the scheduler that reads the group.',
  check: (pod) => {
    const scheduler = pod.at('schedulerName');
    if (pod.partial || (scheduler.exists && scheduler.text !== 'default-scheduler')) return [];
    const mark = markOf(pod);
    return mark
      ? [warning(scheduler, `asks for a gang by ${mark[0]} and does not name its scheduler, ${mark[1]}.`)]
      : [];
  },
};

function markOf({ annotations, labels }: PodFacts): readonly [key: string, scheduler: string] | undefined {
  return (
    ANNOTATIONS.find(([key]) => Object.hasOwn(annotations, key)) ?? LABELS.find(([key]) => Object.hasOwn(labels, key))
  );
}
