import { PROBES } from '../../../inventory/probe';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const LEAST_ONE = ['periodSeconds', 'timeoutSeconds', 'failureThreshold', 'successThreshold', 'initialDelaySeconds'];

export const impossibleProbe: Rule<Scope.CONTAINER> = {
  name: 'impossible-probe',
  group: Group.SERVING,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'The API server refuses the pod. https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
  fix: 'Write numbers of at least 1, and a successThreshold of 1 for all but the readinessProbe.',
  check: ({ field }) =>
    PROBES.flatMap((name) => {
      const probe = field.at(name);
      const tooSmall = LEAST_ONE.map((key) => probe.at(key)).filter(
        ({ integer }) => integer !== undefined && integer < 0,
      );
      const success = probe.at('successThreshold');
      const wrong = name !== 'readinessProbe' && (success.integer ?? 1) > 1 ? [success] : [];
      return [...tooSmall, ...wrong].map((at) => error(at, `has ${at.path.slice(-2).join('.')} of ${at.integer}.`));
    }),
};
