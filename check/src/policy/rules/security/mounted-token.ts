import type { Inventory } from '../../../inventory/inventory';
import type { PodFacts } from '../../../inventory/pod';
import { isMlWorkload } from '../../../inventory/ml-workload';
import { isWorkflow } from '../../../inventory/workflow-steps';
import type { Resource } from '../../../inventory/resource';
import { Nature } from '../../../inventory/workload';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Whether the pods of a kind talk to the API server: the executor of workflows does, and the autoscaler of Ray. */
function usesToken(resource: Resource): boolean {
  return isWorkflow(resource) || resource.group === 'ray.io';
}

export const mountedToken: Rule<Scope.POD> = {
  name: 'mounted-token',
  group: Group.SECURITY,
  facts: ['ML-SEC-004'],
  scope: Scope.POD,
  why: 'Code from a notebook or a model hub can then talk to the API server. https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
  fix: 'Set automountServiceAccountToken: false.',
  check: (pod, inventory) => {
    const { resource } = pod.workload;
    const token = pod.at('automountServiceAccountToken');
    if (pod.workload.nature === Nature.INTERACTIVE || startsByExec(pod)) return [];
    if (pod.partial || token.exists || !isMlWorkload(pod.workload, inventory) || usesToken(resource)) return [];
    const account = pod.at('serviceAccountName').text ?? 'default';
    const own = inventory.find('', 'ServiceAccount', account, resource.namespace);
    if (own?.at('automountServiceAccountToken').boolean === false || bound(inventory).has(account)) return [];
    return [warning(token, 'gets a token of the API server, which training and serving seldom need.')];
  },
};

/** The launcher of an MPIJob v1 starts its workers through the API server, with an account that the operator makes for it. */
function startsByExec({ role, workload: { resource } }: PodFacts): boolean {
  return resource.apiVersion === 'kubeflow.org/v1' && resource.kind === 'MPIJob' && role.name === 'Launcher';
}

/** Names of the ServiceAccounts to which the set gives rights; what has rights needs its token. */
function bound(inventory: Inventory): ReadonlySet<string> {
  return inventory.once('bound service accounts', () => {
    const bindings = ['RoleBinding', 'ClusterRoleBinding'].flatMap((kind) => [
      ...inventory.of('rbac.authorization.k8s.io', kind),
    ]);
    const subjects = bindings.flatMap((binding) => binding.at('subjects').items);
    return new Set(
      subjects.filter((each) => each.at('kind').text === 'ServiceAccount').map((each) => each.at('name').text ?? ''),
    );
  });
}
