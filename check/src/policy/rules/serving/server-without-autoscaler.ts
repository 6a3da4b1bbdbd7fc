import { autoscalersOf } from '../../../inventory/autoscaler';
import { isModelServer } from '../../../inventory/model-server';
import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const serverWithoutAutoscaler: Rule<Scope.SERVER> = {
  name: 'server-without-autoscaler',
  group: Group.SERVING,
  facts: [],
  scope: Scope.SERVER,
  why: 'A fixed number of GPU servers is too many at night and too few at noon. https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  fix: 'Add a HorizontalPodAutoscaler or a ScaledObject.',
  props: 'Give replicas as Replicas.between(...), and scaling.',
  check: (server, inventory) => {
    if (!isModelServer(server, inventory) || server.resource.group !== 'apps') return [];
    if (autoscalersOf(server, inventory).length > 0) return [];
    return [info(server.resource.at('spec', 'replicas'), 'serves a model with a fixed number of replicas.')];
  },
};
