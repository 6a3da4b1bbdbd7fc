import { isMlWorkload } from '../../../inventory/ml-workload';
import { baselineViolations } from '../../../inventory/pod-security';
import type { Field } from '../../../inventory/field';
import type { PodFacts } from '../../../inventory/pod';
import { Nature } from '../../../inventory/workload';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const exceptionWithoutScope: Rule<Scope.POD> = {
  name: 'exception-without-scope',
  group: Group.SECURITY,
  facts: ['ML-SEC-006'],
  scope: Scope.POD,
  why: 'A pod with such rights can reach other tenants; it belongs into a namespace that is kept for it. https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  fix: 'Put it into a namespace with the label pod-security.kubernetes.io/enforce: privileged, that others cannot use.',
  check: (pod, inventory) => {
    const { workload } = pod;
    const namespace = inventory.find('', 'Namespace', workload.resource.namespace ?? 'default', undefined);
    if (namespace?.labels['pod-security.kubernetes.io/enforce'] !== undefined || !isMlWorkload(workload, inventory))
      return [];
    const asked = baselineViolations(pod).find(({ field }) => !hasOwnRule(field, pod));
    return asked ? [warning(asked.field, `has ${asked.what}, in a namespace that is not marked for it.`)] : [];
  },
};

/** Whether another rule speaks of a right: privileged, the shared memory of the node, the network of gangs and runs. */
function hasOwnRule({ path, resource }: Field, { workload, deviceCount }: PodFacts): boolean {
  const key = path.at(-1);
  if (key === 'hostPath') return /^\/dev\/shm\/*$/.test(resource.at(...path, 'path').text ?? '');
  if (key === 'hostNetwork') return workload.isGang || (workload.nature === Nature.RUN && deviceCount > 0);
  // Pods with the network of the node give their ports as those of the node.
  return key === 'privileged' || (key === 'hostPort' && workload.pods.some((pod) => pod.at('hostNetwork').boolean));
}
