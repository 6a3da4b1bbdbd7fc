import type { ClusterProfile } from '../../cluster/profile';
import { TrainingBackend } from '../../cluster/settings';
import type { Problem } from '../../core/diagnostics';
import type { KnownBackend } from '../backends/backends';
import { BACKEND_TABLE } from '../backends/table';
import { QUEUE_IGNORED, VOLCANO_QUEUE_UNREAD } from '../diagnostics';
import type { DistributedRunProps } from '../gang-props';

/** What of the queue of a run nobody reads. */
export function queueProblems(
  profile: ClusterProfile,
  { queue, volcanoQueue }: DistributedRunProps,
  { kueueFramework, strategy }: KnownBackend,
): Problem[] {
  const isVolcano = strategy.kind === TrainingBackend.VOLCANO_JOB;
  if (volcanoQueue !== undefined && !isVolcano) return [volcanoQueueProblem(volcanoQueue, strategy.kind)];
  if (!queue) return [];
  const { queueName } = queue;
  if (kueueFramework === undefined) {
    const message = `queue is ${queueName}, and Kueue does not manage a ${nameOfKind(strategy.kind)}.`;
    const instead = isVolcano ? 'Leave queue out, and set volcanoQueue' : 'Leave queue out';
    const fix = `${instead}; or set backend to TrainingBackend.JOB_SET.`;
    return [{ rule: QUEUE_IGNORED, property: 'queue', value: queueName, message, fix }];
  }
  if (!profile.isKnown || profile.kueueFrameworks.includes(kueueFramework)) return [];
  const message = `queue is ${queueName}, and Kueue of the profile ${profile.name} does not manage ${kueueFramework}.`;
  const fix =
    'Set backend to TrainingBackend.INDEXED_JOB, or add the kind to Kueue and to kueueFrameworks of the profile.';
  return [{ rule: QUEUE_IGNORED, property: 'queue', value: queueName, message, fix }];
}

/** What a backend is called. */
function nameOfKind(kind: TrainingBackend): string {
  const { title, resource } = BACKEND_TABLE[kind];
  return title ?? resource;
}

function volcanoQueueProblem(volcanoQueue: string, kind: TrainingBackend): Problem {
  return {
    rule: VOLCANO_QUEUE_UNREAD,
    property: 'volcanoQueue',
    value: volcanoQueue,
    message: `volcanoQueue is ${volcanoQueue}, and backend is ${kind}, which Volcano does not queue.`,
    fix: 'Set backend to TrainingBackend.VOLCANO_JOB, or use queue.',
  };
}
