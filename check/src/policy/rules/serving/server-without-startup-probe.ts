import { answeringContainer, isModelServer } from '../../../inventory/model-server';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const serverWithoutStartupProbe: Rule<Scope.SERVER> = {
  name: 'server-without-startup-probe',
  group: Group.SERVING,
  facts: ['ML-SERVE-001'],
  scope: Scope.SERVER,
  why: 'Loading weights takes minutes, and a liveness probe kills the container before it is done, again and again. https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
  fix: 'Set a startupProbe whose failureThreshold x periodSeconds is twice the time that loading takes.',
  props: 'Set loadTime.',
  check: (server, inventory) => {
    const container = isModelServer(server, inventory) ? answeringContainer(server) : undefined;
    if (!container || container.pod.partial || container.field.at('startupProbe').exists) return [];
    // A small model on CPUs loads fast enough for a server that nobody kills meanwhile.
    if (container.pod.deviceCount === 0 && !container.field.at('livenessProbe').exists) return [];
    return [warning(container.field.at('startupProbe'), 'serves a model and has no startupProbe.')];
  },
};
