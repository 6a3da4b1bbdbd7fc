import type { PodTemplateSpec } from '../../../imports/k8s';
import type { PodDescription } from '../../render/pod-description';
import { podTemplate } from '../../render/pod-template';
import type { RunBounds } from '../run-bounds';

/** What the deadline of the pods is later than that of the run, which the operator must find passed. */
const LATER_SECONDS = 10;

/** Bounds of a run of the Kubeflow Training Operator v1, whichever its kind. */
export function operatorRunPolicy(run: RunBounds, pods: number) {
  return {
    activeDeadlineSeconds: run.activeDeadlineSeconds,
    // It fails the run when this number is reached, not passed; and with 0 for a disrupted pod too.
    backoffLimit: run.retries * pods + 1,
    cleanPodPolicy: 'Running',
    ttlSecondsAfterFinished: run.ttlSeconds,
  };
}

/**
 * The operator looks at the deadline of a run only when something happens to it. So that something does, the kubelet ends the
 * pods of a run that hangs.
 */
export function boundedTemplate(pod: PodDescription, { activeDeadlineSeconds }: RunBounds): PodTemplateSpec {
  const { metadata, spec } = podTemplate(pod);
  return { metadata, spec: { ...spec!, activeDeadlineSeconds: activeDeadlineSeconds + LATER_SECONDS } };
}
