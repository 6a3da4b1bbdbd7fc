import type { Field } from '../../../inventory/field';
import type { Inventory } from '../../../inventory/inventory';
import type { Workload } from '../../../inventory/workload';
import { Nature } from '../../../inventory/workload';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const gangWithoutQueue: Rule<Scope.GANG> = {
  name: 'gang-without-queue',
  group: Group.PENDING,
  packs: [Group.SLOW_GANG],
  facts: ['ML-SCHED-008'],
  scope: Scope.GANG,
  why: 'Without a queue or a gang scheduler the pods start one by one: of two gangs each may hold half of the GPUs and wait for the other half for ever. https://kueue.sigs.k8s.io/docs/overview/',
  fix: 'Add the label kueue.x-k8s.io/queue-name, or a pod group of a gang scheduler; to a Job of KAI the annotation kai.scheduler/batch-min-member.',
  props: 'Set queue, or gangScheduler in the profile.',
  check: (gang, inventory) => {
    const { resource, podCount } = gang;
    if (gang.queueName !== undefined || isElastic(gang) || isScheduledAsOne(gang, inventory)) return [];
    const withDevices = gang.roles.filter(({ pod }) => pod.deviceCount > 0).reduce((sum, { count }) => sum + count, 0);
    if (withDevices < 2 || (gang.nature === Nature.SERVER && groupsOf(gang) < 2)) return [];
    return [
      warning(resource.at('metadata', 'labels'), `starts ${podCount} pods one by one, in no queue and no pod group.`),
    ];
  },
};

/** Groups of a server; a single one does not wait for another. */
function groupsOf({ resource }: Workload): number {
  return resource.at('spec', 'replicas').integer ?? 1;
}

/** A run that goes on with fewer workers. */
function isElastic({ resource }: Workload): boolean {
  const least = resource.at('spec', 'elasticPolicy', 'minReplicas').integer;
  return least !== undefined && least <= 1;
}

const GROUPED =
  /^(scheduling\.x-k8s\.io\/pod-group|pod-group\.scheduling\.sigs\.k8s\.io(\/.*)?|scheduling\.k8s\.io\/group-name|scheduling\.volcano\.sh\/.+|(alpha\.)?jobset\.sigs\.k8s\.io\/exclusive-topology|leaderworkerset\.sigs\.k8s\.io\/(subgroup-)?exclusive-topology|kai\.scheduler\/queue|runai\/queue|ray\.io\/(gang-scheduling-enabled|scheduler-name)|yunikorn\.apache\.org\/.+|kueue\.x-k8s\.io\/.+)$/;

/** Whether something lets its pods start together or not at all. */
function isScheduledAsOne(gang: Workload, inventory: Inventory): boolean {
  const { resource } = gang;
  if (resource.is('Job', 'batch.volcano.sh')) return true;
  if (isJobOfKai(gang)) return resource.at('metadata', 'annotations', 'kai.scheduler/batch-min-member').exists;
  const places: Field[] = [
    resource.at('metadata'),
    ...gang.pods.map(({ metadata }) => metadata),
    ...jobTemplates(gang),
  ];
  const marks = places.flatMap((place) => [...place.at('labels').keys, ...place.at('annotations').keys]);
  if (marks.some((key) => GROUPED.test(key))) return true;
  if (gang.pods.some((pod) => pod.at('schedulingGroup').exists || pod.at('workloadRef').exists)) return true;
  const schedulers = gang.pods.map((pod) => pod.at('schedulerName').text);
  if (schedulers.some((name) => name !== undefined && name !== 'default-scheduler')) return true;
  return resource.at('spec', 'runPolicy', 'schedulingPolicy').exists || isGroupedByRuntime(gang, inventory);
}

/** KAI groups the pods of other kinds by what they need; of a Job it starts one after the other unless told. https://github.com/kai-scheduler/KAI-Scheduler/tree/main/docs/batch */
function isJobOfKai({ resource, pods }: Workload): boolean {
  const isJob = resource.is('Job', 'batch') || resource.is('CronJob', 'batch');
  return isJob && pods.some((pod) => pod.at('schedulerName').text === 'kai-scheduler');
}

function jobTemplates({ resource }: Workload): Field[] {
  return resource.at('spec', 'replicatedJobs').items.map((job) => job.at('template', 'metadata'));
}

/** Runtimes that Trainer brings along; none of them makes pod groups. https://www.kubeflow.org/docs/components/trainer/operator-guides/runtime/ */
const KNOWN_RUNTIMES = /^(torch|deepspeed|mlx|jax|xgboost|torchtune)-?(distributed|.*)$/;

/** Whether the runtime of a TrainJob makes a pod group, or may make one. */
function isGroupedByRuntime({ resource }: Workload, inventory: Inventory): boolean {
  if (!resource.is('TrainJob', 'trainer.kubeflow.org')) return false;
  const ref = resource.at('spec', 'runtimeRef');
  const name = ref.at('name').text ?? '';
  const kind = ref.at('kind').text ?? 'ClusterTrainingRuntime';
  const runtime = inventory.find('trainer.kubeflow.org', kind, name, undefined);
  if (runtime === undefined) return !KNOWN_RUNTIMES.test(name);
  return runtime.at('spec', 'podGroupPolicy').exists || runtime.at('spec', 'template', 'metadata', 'labels').exists;
}
