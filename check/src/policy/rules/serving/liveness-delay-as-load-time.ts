import { answeringContainer, isModelServer } from '../../../inventory/model-server';
import type { Workload } from '../../../inventory/workload';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Whether the presets of its kind give a startupProbe to the container. */
function isProbedByPreset({ resource }: Workload): boolean {
  return resource.kind === 'LLMInferenceService' && resource.group === 'serving.kserve.io';
}

/** Seconds from which a delay is meant for loading: no process needs them just to start. */
const LOADING = 30;

export const livenessDelayAsLoadTime: Rule<Scope.SERVER> = {
  name: 'liveness-delay-as-load-time',
  group: Group.SERVING,
  facts: ['ML-SERVE-002'],
  scope: Scope.SERVER,
  why: 'A delay is a guess: too short, and the container is killed while it loads; too long, and one that hangs is noticed late. https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
  fix: 'Give the time for loading to a startupProbe, and leave initialDelaySeconds out.',
  props: 'Set loadTime.',
  check: (server, inventory) => {
    const container = isModelServer(server, inventory) ? answeringContainer(server) : undefined;
    if (container?.field.at('startupProbe').exists || isProbedByPreset(server)) return [];
    const delay = container?.field.at('livenessProbe', 'initialDelaySeconds');
    if (!container || delay?.integer === undefined || delay.integer < LOADING) return [];
    return [warning(delay, `waits ${delay.integer} s before its first livenessProbe, in place of a startupProbe.`)];
  },
};
