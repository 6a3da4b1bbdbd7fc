import { Nature } from '../../../inventory/workload';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const privilegedContainer: Rule<Scope.CONTAINER> = {
  name: 'privileged-container',
  group: Group.SECURITY,
  facts: ['ML-SEC-009'],
  scope: Scope.CONTAINER,
  why: 'It is root on the node: every other pod, every secret of the node, every GPU. https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  fix: 'Leave privileged out; GPUs, EFA and InfiniBand do not need it.',
  check: ({ field, pod }) => {
    const privileged = field.at('securityContext', 'privileged');
    if (privileged.boolean !== true || pod.workload.nature === Nature.AGENT) return [];
    return [error(privileged, 'runs privileged.')];
  },
};
