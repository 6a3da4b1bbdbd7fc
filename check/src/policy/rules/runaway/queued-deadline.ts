import { QUEUE_LABEL } from 'cdk8s-ml/floor/kinds/labels';
import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { MAX_EXEC_TIME } from './gpu-run-deadline';

export const queuedDeadline: Rule<Scope.RUN> = {
  name: 'queued-deadline',
  group: Group.RUNAWAY,
  facts: ['ML-COST-014'],
  scope: Scope.RUN,
  why: 'Kueue suspends a run when it takes the quota back, and activeDeadlineSeconds starts anew with each admission. https://kueue.sigs.k8s.io/docs/concepts/workload/#maximum-execution-time',
  fix: 'Set the label kueue.x-k8s.io/max-exec-time-seconds as well.',
  check: ({ queueMetadata, bounds: { deadline }, deviceCount, resource }) => {
    const labels = queueMetadata.at('labels');
    if (deviceCount === 0 || resource.group === 'argoproj.io' || !labels.at(QUEUE_LABEL).exists) return [];
    if (deadline?.field.exists !== true || labels.at(MAX_EXEC_TIME).exists) return [];
    return [info(deadline.field, 'has a deadline that starts anew each time Kueue admits the run.')];
  },
};
