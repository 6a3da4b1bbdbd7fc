import { ZONE_LABEL } from 'cdk8s-ml/floor/kinds/node-labels';
import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const SOFT = 'Write preferredDuringSchedulingIgnoredDuringExecution.';

export const hardZoneSpreadOfGpus: Rule<Scope.POD> = {
  name: 'hard-zone-spread-of-gpus',
  group: Group.SERVING,
  facts: ['ML-SERVE-016'],
  scope: Scope.POD,
  why: 'Where one zone has no GPUs left the next replica waits for ever. https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
  fix: 'Write whenUnsatisfiable: ScheduleAnyway.',
  check: (pod) => {
    if (pod.deviceCount === 0) return [];
    const apart = pod
      .at('affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution')
      .items.map((term) => term.at('topologyKey'))
      .filter(({ text }) => text === ZONE_LABEL);
    if (apart.length > 0) return [info(apart[0], 'must be alone in its zone, and not all zones may have GPUs.', SOFT)];
    return pod.at('topologySpreadConstraints').items.flatMap((constraint) => {
      const hard = constraint.at('whenUnsatisfiable');
      if (constraint.at('topologyKey').text !== ZONE_LABEL || hard.text !== 'DoNotSchedule') return [];
      return [info(hard, 'must be spread over zones, of which not all may have GPUs.')];
    });
  },
};
