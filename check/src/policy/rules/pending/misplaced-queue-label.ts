import type { Field } from '../../../inventory/field';
import type { Workload } from '../../../inventory/workload';
import { Nature } from '../../../inventory/workload';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const LABEL = 'kueue.x-k8s.io/queue-name';

export const misplacedQueueLabel: Rule<Scope.WORKLOAD> = {
  name: 'misplaced-queue-label',
  group: Group.PENDING,
  facts: ['ML-SCHED-010'],
  scope: Scope.WORKLOAD,
  why: 'Kueue reads the queue on the object that it admits: elsewhere the label is ignored, and the run takes GPUs past every quota. https://kueue.sigs.k8s.io/docs/tasks/run/',
  fix: 'Move the label to where Kueue reads it.',
  props: 'Set queue.',
  check: (workload) => {
    const { resource, queueMetadata } = workload;
    if (queueMetadata.at('labels', LABEL).exists) return [];
    const onTop = resource.at('metadata', 'labels', LABEL);
    if (onTop.exists) {
      const place = `${queueMetadata.place}.labels`;
      return isAdmittedAsPods(workload)
        ? []
        : [error(onTop, `has the queue ${onTop.text} where Kueue does not read it.`, `Move the label to ${place}.`)];
    }
    if (workload.nature !== Nature.RUN || resource.group === 'argoproj.io') return [];
    const onPods = podLabel(workload);
    if (onPods === undefined) return [];
    const message = `has the queue ${onPods.text} on its pods, each of which is then queued alone.`;
    return [warning(onPods, message, `Move the label to ${queueMetadata.place}.labels.`)];
  },
};

function podLabel({ pods }: Workload): Field | undefined {
  return pods.map(({ metadata }) => metadata.at('labels', LABEL)).find(({ exists }) => exists);
}

/** A workflow whose steps name queues themselves. */
function isAdmittedAsPods({ pods }: Workload): boolean {
  return pods.length > 0 && pods.every(({ metadata }) => metadata.at('labels', LABEL).exists);
}
