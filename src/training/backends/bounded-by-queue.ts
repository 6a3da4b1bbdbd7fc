import { ARGO_SYNC_OPTIONS_ANNOTATION, MAX_EXEC_TIME_LABEL, QUEUE_LABEL } from '../../kinds/labels';
import type { Manifest } from '../../render/api-object';
import type { Gang } from './gang';

/** What the bound of all starts is later than that of each, so that a first start that hangs ends as failed, not suspended. */
const LATER_SECONDS = 60;

/**
 * Head of an object whose deadline begins anew with each start of the gang.
 *
 * Kueue stops the run when all its starts together reach the deadline, which the operator cannot do by itself. Kueue also writes into
 * lists of the object, which client-side apply would take out again.
 */
export function boundedByQueue({ metadata, run }: Gang): Manifest['metadata'] {
  if (metadata.labels?.[QUEUE_LABEL] === undefined) return metadata;
  const options = [metadata.annotations?.[ARGO_SYNC_OPTIONS_ANNOTATION], 'ServerSideApply=true'];
  return {
    ...metadata,
    labels: { ...metadata.labels, [MAX_EXEC_TIME_LABEL]: String(run.activeDeadlineSeconds + LATER_SECONDS) },
    annotations: {
      ...metadata.annotations,
      [ARGO_SYNC_OPTIONS_ANNOTATION]: options.filter((option) => option !== undefined).join(','),
    },
  };
}
