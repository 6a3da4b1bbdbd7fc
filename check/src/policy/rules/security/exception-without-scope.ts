import { isMlWorkload } from '../../../inventory/ml-workload';
import { baselineViolations } from '../../../inventory/pod-security';
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
    if (namespace?.labels['pod-security.kubernetes.io/enforce'] !== undefined || !isMlWorkload(workload)) return [];
    const asked = baselineViolations(pod).find(
      ({ what }) => /^(capability IPC_LOCK|hostPath)/.test(what) && !/\/dev\/shm/.test(what),
    );
    return asked ? [warning(asked.field, `has ${asked.what}, in a namespace that is not marked for it.`)] : [];
  },
};
