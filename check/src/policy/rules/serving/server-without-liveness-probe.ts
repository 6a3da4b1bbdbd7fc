import { answeringContainer, isModelServer } from '../../../inventory/model-server';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const serverWithoutLivenessProbe: Rule<Scope.SERVER> = {
  name: 'server-without-liveness-probe',
  group: Group.SERVING,
  facts: [],
  scope: Scope.SERVER,
  why: 'A server that hangs keeps its GPU and answers nobody until somebody restarts it. https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
  fix: 'Set a livenessProbe that is slower and more patient than the readinessProbe.',
  check: (server, inventory) => {
    const counts = server.resource.group === 'apps' || server.deviceCount > 0;
    const container = counts && isModelServer(server, inventory) ? answeringContainer(server) : undefined;
    if (!container || container.pod.partial || server.isGang || container.field.at('livenessProbe').exists) return [];
    return [warning(container.field.at('livenessProbe'), 'serves a model and has no livenessProbe.')];
  },
};
