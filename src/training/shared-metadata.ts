import { COSCHEDULING_GROUP_LABEL, INSTANCE_LABEL, KAI_QUEUE_LABEL, RUN_LABEL } from '../kinds/labels';
import type { Manifest } from '../render/api-object';
import type { PodDescription } from '../render/pod-description';

/** Head of what all runs of a name share: called after it, with the labels of their pods but without those of one run. */
export function sharedMetadata(baseName: string, pod: PodDescription): Manifest['metadata'] {
  const labels: { [label: string]: string } = { ...pod.labels };
  delete labels[INSTANCE_LABEL];
  delete labels[RUN_LABEL];
  delete labels[COSCHEDULING_GROUP_LABEL];
  delete labels[KAI_QUEUE_LABEL];
  return { name: baseName, labels };
}
