import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const unreadableProfile: Rule<Scope.SET> = {
  name: 'unreadable-profile',
  group: Group.READING,
  facts: [],
  scope: Scope.SET,
  why: 'Without the cluster profile nothing can be said of nodes, queues and classes. https://github.com/cdk8s-ml/cdk8s-ml/blob/main/schema/cluster-profile.v1.schema.json',
  fix: 'Write the document as ClusterProfile.toJson() does.',
  check: ({ publishedProfiles }) =>
    publishedProfiles.flatMap(({ field, problem }) => (problem === undefined ? [] : [error(field, problem)])),
};
