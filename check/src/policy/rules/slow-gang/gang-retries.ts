import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const gangRetries: Rule<Scope.GANG> = {
  name: 'gang-retries',
  group: Group.SLOW_GANG,
  facts: ['ML-DIST-015'],
  scope: Scope.GANG,
  why: 'When one pod of a gang dies its peers fail with it, and each counts: a limit below the number of pods is used up by the first fault, however often the run was to be tried. https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy',
  fix: 'Set backoffLimit to the retries times the number of pods, or to 0.',
  props: 'Set backoffLimit to the retries of the run; it is multiplied by numNodes.',
  check: ({ resource, bounds: { retries, defaultRetries }, podCount, roles }) => {
    const isJob = resource.group === 'batch';
    if (!isJob && !resource.is('PyTorchJob', 'kubeflow.org')) return [];
    if (retries === undefined || retries.field.path.at(-1) === 'backoffLimitPerIndex') return [];
    if (!isJob && !roles.some(({ pod }) => pod.deviceCount > 0)) return [];
    const limit = retries.field.exists ? retries.value : defaultRetries;
    if (limit === undefined || limit === 0 || limit >= podCount) return [];
    const shown = retries.field.exists ? `a backoffLimit of ${limit}` : `the default backoffLimit of ${limit}`;
    return [warning(retries.field, `has ${shown}, which the first fault of its ${podCount} pods uses up.`)];
  },
};
