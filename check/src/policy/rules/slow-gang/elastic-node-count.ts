import { launchesOf, variableSetting } from '../../../inventory/launch';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const elasticNodeCount: Rule<Scope.CONTAINER> = {
  name: 'elastic-node-count',
  group: Group.SLOW_GANG,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'The operator tells torchrun the range of an elastic policy; a fixed number in the command wins over it, so the gang waits for that many and never shrinks or grows. https://www.kubeflow.org/docs/components/trainer/legacy-v1/user-guides/pytorch/',
  fix: 'Leave --nnodes out of the command, or write it as min:max.',
  check: (container) => {
    const { resource } = container.pod.workload;
    const elastic = resource.at('spec', 'elasticPolicy');
    if (!resource.is('PyTorchJob', 'kubeflow.org') || !elastic.exists) return [];
    const nodes = launchesOf(container)[0]?.nodes ?? variableSetting(container, 'PET_NNODES');
    if (nodes?.value === undefined) return [];
    const [least, most] = [elastic.at('minReplicas'), elastic.at('maxReplicas')];
    if (least.integer === nodes.value && most.integer === nodes.value) return [];
    return [warning(nodes.field, `has an elastic policy and a fixed number of ${nodes.text} nodes.`)];
  },
};
