import type { Field } from './field';

/** Kubernetes' values where a probe gives none. https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes */
const PERIOD = 10;
const FAILURES = 3;

/** Seconds that a startup probe leaves until the container is killed; undefined when it cannot be read. */
export function startupBudget(probe: Field): number | undefined {
  if (!probe.exists) return undefined;
  const period = given(probe.at('periodSeconds'), PERIOD);
  const failures = given(probe.at('failureThreshold'), FAILURES);
  const delay = given(probe.at('initialDelaySeconds'), 0);
  if (period === undefined || failures === undefined || delay === undefined) return undefined;
  return delay + period * failures;
}

function given(field: Field, otherwise: number): number | undefined {
  return field.exists ? field.integer : otherwise;
}

/** Where probes stand in a container. */
export const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;
