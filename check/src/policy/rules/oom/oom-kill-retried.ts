import type { Field } from '../../../inventory/field';
import { jobSpecsOf } from '../../../inventory/job-specs';
import { makesResult } from '../../../inventory/training';
import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** What the kernel's kill for memory leaves. */
const KILLED = 137;
const DEFAULT_RETRIES = 6;
/** So many may be worth it, as the kill can be that of a full node. */
const MOST = 2;

export const oomKillRetried: Rule<Scope.RUN> = {
  name: 'oom-kill-retried',
  group: Group.OOM,
  facts: ['ML-MEM-010'],
  scope: Scope.RUN,
  why: 'A container that was killed for memory is killed again at the same point, until its memory or its batch is changed. https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy',
  fix: 'Add a rule to podFailurePolicy, behind one that ignores DisruptionTarget, that fails the Job on exit code 137.',
  check: (run) => {
    if (!run.pods.some((pod) => pod.deviceCount > 0 && makesResult(pod))) return [];
    return jobSpecsOf(run.resource).flatMap((spec) => {
      const limit = spec.at('backoffLimit');
      const retries = limit.exists ? limit.integer : DEFAULT_RETRIES;
      const policy = spec.at('podFailurePolicy');
      if (retries === undefined || retries <= MOST || spec.at('backoffLimitPerIndex').exists) return [];
      if (policy.at('rules').items.some(failsWhenKilled)) return [];
      return [info(policy, `is tried again ${retries} times also when it was killed for memory.`)];
    });
  },
};

function failsWhenKilled(rule: Field): boolean {
  const codes = rule.at('onExitCodes');
  const listed = codes.at('values').items.some(({ integer }) => integer === KILLED);
  const matches = codes.at('operator').text === 'NotIn' ? !listed : listed;
  return codes.exists && matches && rule.at('action').text === 'FailJob';
}
