import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const defaultNamespace: Rule<Scope.WORKLOAD> = {
  name: 'default-namespace',
  group: Group.CLUTTER,
  facts: ['ML-LIFE-005'],
  scope: Scope.WORKLOAD,
  why: "The namespace default has no owner, quota or policy of its own, and what ends up there is nobody's to clean up. https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
  fix: 'Give it a namespace of its team.',
  check: ({ resource }) =>
    resource.namespace === 'default' && !resource.embedding
      ? [warning(resource.at('metadata', 'namespace'), 'is in the namespace default.')]
      : [],
};
