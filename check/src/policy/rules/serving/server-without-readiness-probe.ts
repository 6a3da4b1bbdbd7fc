import { answeringContainer, isModelServer } from '../../../inventory/model-server';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const serverWithoutReadinessProbe: Rule<Scope.SERVER> = {
  name: 'server-without-readiness-probe',
  group: Group.SERVING,
  facts: [],
  scope: Scope.SERVER,
  why: 'Requests are sent to a container as soon as it runs, long before the model is loaded, and go on while it is stuck. https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
  fix: 'Set a readinessProbe on the path by which the server says that it can answer.',
  check: (server, inventory) => {
    // KServe sets one where none is given.
    const isOwn = server.resource.group === 'apps' && isModelServer(server, inventory);
    const container = isOwn ? answeringContainer(server) : undefined;
    if (!container || container.pod.partial || server.isGang || container.field.at('readinessProbe').exists) return [];
    return [warning(container.field.at('readinessProbe'), 'serves a model and has no readinessProbe.')];
  },
};
