import type { Field } from '../../../inventory/field';
import type { Inventory } from '../../../inventory/inventory';
import type { PodFacts } from '../../../inventory/pod';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Longest that Google Cloud lends nodes by flex-start. https://cloud.google.com/kubernetes-engine/docs/concepts/dws */
const LONGEST = 604_800;
const CLASS = /^(autoscaling\.x-k8s\.io|cluster-autoscaler\.kubernetes\.io)\/provisioning-class-name$/;
const REQUEST = /^(autoscaling\.x-k8s\.io|cluster-autoscaler\.kubernetes\.io)\/consume-provisioning-request$/;

export const flexStartDeadline: Rule<Scope.RUN> = {
  name: 'flex-start-deadline',
  group: Group.PENDING,
  packs: [Group.LOST_WORK],
  facts: ['ML-SCHED-015'],
  scope: Scope.RUN,
  why: 'Nodes of flex-start are taken back after maxRunDurationSeconds, 7 days at most: a run that may take longer is cut off. https://cloud.google.com/kubernetes-engine/docs/concepts/dws',
  fix: 'Lower activeDeadlineSeconds to what the nodes are lent for.',
  check: (run, inventory) => {
    const { deadline } = run.bounds;
    const lent = run.pods.map((pod) => lentFor(pod, inventory)).find((each) => each !== undefined);
    if (deadline?.value === undefined || lent === undefined || deadline.value <= lent) return [];
    return [error(deadline.field, `may take ${deadline.value} seconds, and its nodes are taken back after ${lent}.`)];
  },
};

/** Seconds for which its nodes are lent; undefined when they are not. */
function lentFor(pod: PodFacts, inventory: Inventory): number | undefined {
  const { workload } = pod;
  const places = [pod.metadata, workload.resource.at('metadata')].flatMap((each) => each.at('annotations').entries);
  const queued = places.some(([key, { text }]) => CLASS.test(key) && text === 'queued-provisioning.gke.io');
  const flex = pod.nodeDemands.some(
    ({ key, values }) => key === 'cloud.google.com/gke-flex-start' && values.includes('true'),
  );
  if (!queued && !flex) return undefined;
  const own = places.find(([key]) => key === 'provreq.kueue.x-k8s.io/maxRunDurationSeconds')?.[1];
  const name = places.find(([key]) => REQUEST.test(key))?.[1].text;
  const request =
    name === undefined
      ? undefined
      : inventory.find('autoscaling.x-k8s.io', 'ProvisioningRequest', name, workload.resource.namespace);
  const given = seconds(own) ?? seconds(request?.at('spec', 'parameters', 'maxRunDurationSeconds'));
  return Math.min(given ?? LONGEST, LONGEST);
}

function seconds(field: Field | undefined): number | undefined {
  const { text, integer } = field ?? {};
  return integer ?? (text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined);
}
