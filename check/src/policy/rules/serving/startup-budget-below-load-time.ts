import { parseGoDuration } from 'cdk8s-ml/floor/kinds/go-duration';
import { LOAD_TIME_ANNOTATION } from 'cdk8s-ml/floor/kinds/labels';
import { answeringContainer } from '../../../inventory/model-server';
import { startupBudget } from '../../../inventory/probe';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const startupBudgetBelowLoadTime: Rule<Scope.SERVER> = {
  name: 'startup-budget-below-load-time',
  group: Group.SERVING,
  facts: ['ML-SERVE-003'],
  scope: Scope.SERVER,
  why: 'The container is killed while it loads, for ever. https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
  fix: 'Raise failureThreshold of the startupProbe until failureThreshold x periodSeconds is above the time that loading takes.',
  props: 'Raise loadTime.',
  check: (server) => {
    const loadTime = parseGoDuration(server.resource.annotations[LOAD_TIME_ANNOTATION] ?? '');
    const probe = answeringContainer(server)?.field.at('startupProbe');
    const budget = probe && startupBudget(probe);
    if (!probe || loadTime === undefined || budget === undefined || budget >= loadTime) return [];
    return [warning(probe, `is killed when it has not started after ${budget} s, and loads for ${loadTime} s.`)];
  },
};
