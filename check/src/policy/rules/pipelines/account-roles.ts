import type { Field } from '../../../inventory/field';
import { groupBy } from '../../../inventory/group-by';
import type { Inventory } from '../../../inventory/inventory';
import { sameNamespace } from '../../../inventory/inventory';
import type { Resource } from '../../../inventory/resource';

const RBAC = 'rbac.authorization.k8s.io';

/** The roles that an account is bound to; undefined when it is bound to none here, or to one that is not here. */
export function rolesOf(account: string, namespace: string | undefined, inventory: Inventory): Resource[] | undefined {
  const bindings = (bindingsBySubject(inventory).get(account) ?? []).filter(({ subject, binding }) =>
    sameNamespace(subject.at('namespace').text ?? binding.namespace, namespace),
  );
  const roles = bindings.map(({ binding }) => {
    const ref = binding.at('roleRef');
    const kind = ref.at('kind').text ?? '';
    return inventory.find(RBAC, kind, ref.at('name').text ?? '', kind === 'Role' ? binding.namespace : undefined);
  });
  return roles.length === 0 || roles.includes(undefined) ? undefined : (roles as Resource[]);
}

interface BoundSubject {
  readonly subject: Field;
  readonly binding: Resource;
}

/** Bindings by the names of the service accounts in them. */
function bindingsBySubject(inventory: Inventory): ReadonlyMap<string, readonly BoundSubject[]> {
  return inventory.once('bindings of service accounts', () => {
    const bindings = ['RoleBinding', 'ClusterRoleBinding'].flatMap((kind) => inventory.of(RBAC, kind));
    const subjects = bindings.flatMap((binding) =>
      binding
        .at('subjects')
        .items.filter((subject) => subject.at('kind').text === 'ServiceAccount')
        .map((subject) => ({ subject, binding })),
    );
    return groupBy(subjects, ({ subject }) => subject.at('name').text ?? '');
  });
}
