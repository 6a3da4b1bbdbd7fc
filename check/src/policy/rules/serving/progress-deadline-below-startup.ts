import { answeringContainer } from '../../../inventory/model-server';
import { startupBudget } from '../../../inventory/probe';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds */
const DEFAULT_DEADLINE = 600;

export const progressDeadlineBelowStartup: Rule<Scope.SERVER> = {
  name: 'progress-deadline-below-startup',
  group: Group.SERVING,
  facts: ['ML-SERVE-015'],
  scope: Scope.SERVER,
  why: 'The rollout is called failed while its pods still load. https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds',
  fix: 'Set progressDeadlineSeconds to the time of the startupProbe, and 900 s for a node and the image.',
  check: (server) => {
    if (!server.resource.is('Deployment', 'apps')) return [];
    const deadline = server.resource.at('spec', 'progressDeadlineSeconds');
    const seconds = deadline.exists ? deadline.integer : DEFAULT_DEADLINE;
    const probe = answeringContainer(server)?.field.at('startupProbe');
    const budget = probe && startupBudget(probe);
    if (budget === undefined || seconds === undefined || seconds >= budget) return [];
    return [warning(deadline, `is called failed after ${seconds} s, and may take ${budget} s to start.`)];
  },
};
