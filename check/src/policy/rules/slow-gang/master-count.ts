import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Roles of which there is one. */
const SINGLE: { readonly [kind: string]: readonly string[] } = {
  PyTorchJob: ['Master'],
  XGBoostJob: ['Master'],
  TFJob: ['Chief', 'Master'],
  MPIJob: ['Launcher'],
};

export const masterCount: Rule<Scope.RUN> = {
  name: 'master-count',
  group: Group.SLOW_GANG,
  packs: [Group.PENDING],
  facts: ['ML-DIST-010'],
  scope: Scope.RUN,
  why: 'Rank 0 is the master, and there is one of it: the operator refuses any other number. https://www.kubeflow.org/docs/components/trainer/legacy-v1/user-guides/pytorch/',
  fix: 'Set replicas of the master to 1, and the rest as Worker replicas.',
  props: 'Set numNodes.',
  check: ({ resource, roles }) => {
    const single =
      resource.group === 'kubeflow.org' && Object.hasOwn(SINGLE, resource.kind) ? SINGLE[resource.kind] : [];
    return roles.flatMap(({ name, replicas }) => {
      const count = replicas?.integer;
      if (!single.includes(name) || replicas === undefined || count === undefined || count === 1 || count < 0)
        return [];
      return [error(replicas, `has ${count} replicas of ${name}, of which there is one.`)];
    });
  },
};
