import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { apiHistory } from './api-history';

export const removedApiVersion: Rule<Scope.OBJECT> = {
  name: 'removed-api-version',
  group: Group.READING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'No supported cluster serves a version that was removed, and the next upgrade may remove one that is deprecated. https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  fix: 'Take the version that is served, and the fields that it has.',
  check: (resource) => {
    const history = apiHistory(resource.apiVersion, resource.kind);
    if (history === undefined) return [];
    const { goneSince, successor } = history;
    const field = resource.at('apiVersion');
    const fix = `Write ${successor}, and the fields that it has.`;
    return goneSince === undefined
      ? [warning(field, `has the version ${resource.apiVersion}, which is deprecated.`, fix)]
      : [error(field, `has the version ${resource.apiVersion}, which no server has since ${goneSince}.`, fix)];
  },
};
