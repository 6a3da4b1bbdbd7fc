import { spotNoticeSeconds, spotPodSeconds } from 'cdk8s-ml/floor/catalog/spot';
import type { SpotChoice } from '../../../inventory/spot';
import { spotChoice } from '../../../inventory/spot';
import { Nature } from '../../../inventory/workload';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** The longest notice that any provider gives. https://karpenter.sh/docs/concepts/disruption/#interruption */
const LONGEST_NOTICE = 120;

export const graceLongerThanSpotNotice: Rule<Scope.POD> = {
  name: 'grace-longer-than-spot-notice',
  group: Group.LOST_WORK,
  facts: ['ML-CKPT-009'],
  scope: Scope.POD,
  why: 'The node is gone before the grace period ends, and a last checkpoint that needs all of it is cut off. https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms',
  fix: 'Save often enough not to need the notice, and set terminationGracePeriodSeconds to no more than it.',
  props: 'Set terminationGracePeriod.',
  check: (pod, inventory) => {
    const grace = pod.at('terminationGracePeriodSeconds');
    const choice = pod.workload.nature === Nature.RUN ? spotChoice(pod, inventory) : undefined;
    if (!choice || grace.integer === undefined) return [];
    const notice = noticeOf(choice);
    if (grace.integer <= notice) return [];
    return [warning(grace, `has ${grace.integer} seconds to end, and a spot node leaves it ${notice}.`)];
  },
};

function noticeOf({ provider }: SpotChoice): number {
  if (provider === undefined) return LONGEST_NOTICE;
  const notice = spotNoticeSeconds(provider) ?? LONGEST_NOTICE;
  return provider === 'gcp' ? (spotPodSeconds(provider) ?? notice) : notice;
}
