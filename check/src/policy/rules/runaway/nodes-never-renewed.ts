import { info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { isGpuPool, isPaidAnyway } from './gpu-pool';
import { hoursOf, keptWorkloads } from './kept-workloads';

/** What Karpenter takes when nothing is said: older nodes miss what was mended since. https://karpenter.sh/docs/concepts/disruption/#expiration */
const OLDEST_HOURS = 720;

export const nodesNeverRenewed: Rule<Scope.OBJECT> = {
  name: 'nodes-never-renewed',
  group: Group.RUNAWAY,
  facts: ['ML-COST-006'],
  scope: Scope.OBJECT,
  why: 'A node that does not expire stays, and is paid, for as long as a pod on it refuses to go and has no end. https://karpenter.sh/docs/concepts/disruption/#expiration',
  fix: 'Set expireAfter to 720h or less, or give the pod an end.',
  props: 'Set karpenter.expireAfter.',
  check: (resource, inventory) => {
    if (!resource.is('NodePool', 'karpenter.sh') || !isGpuPool(resource)) return [];
    const spec = resource.at('spec', 'template', 'spec');
    const former = resource.at('spec', 'disruption', 'expireAfter'); // where it stood before v1
    const field = spec.at('expireAfter').exists || !former.exists ? spec.at('expireAfter') : former;
    const { text } = field;
    const isOld = text === 'Never' || (hoursOf(text) ?? 0) > OLDEST_HOURS;
    if (!isOld || spec.at('terminationGracePeriod').exists) return [];
    const endless = keptWorkloads(inventory).find(({ bounds: { deadline } }) => deadline?.value === undefined);
    const shown = text === 'Never' ? 'never' : `after ${text}`;
    if (endless === undefined) {
      // Without the pods it is not known whether one keeps them.
      const isAlone = !inventory.workloads.some(({ deviceCount }) => deviceCount > 0);
      return isAlone && !isPaidAnyway(resource) ? [info(field, `renews its nodes ${shown}.`)] : [];
    }
    return [warning(field, `renews its nodes ${shown}, and ${endless.resource.title} refuses to leave them.`)];
  },
};
