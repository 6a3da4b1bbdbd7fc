import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const mountedToken: Rule<Scope.POD> = {
  name: 'mounted-token',
  group: Group.SECURITY,
  facts: ['ML-SEC-004'],
  scope: Scope.POD,
  why: 'Code from a notebook or a model hub can then talk to the API server. https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
  fix: 'Set automountServiceAccountToken: false.',
  check: (pod, inventory) => {
    const { workload } = pod;
    const token = pod.at('automountServiceAccountToken');
    if (pod.deviceCount === 0 || pod.partial || token.exists || workload.resource.group === 'argoproj.io') return [];
    const account = pod.at('serviceAccountName').text ?? 'default';
    const own = inventory.find('', 'ServiceAccount', account, workload.resource.namespace);
    if (own?.at('automountServiceAccountToken').boolean === false) return [];
    return [warning(token, 'gets a token of the API server, which GPU work seldom needs.')];
  },
};
