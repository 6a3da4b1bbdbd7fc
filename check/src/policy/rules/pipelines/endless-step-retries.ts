import { specOfWorkflow } from '../../../inventory/workflow-steps';
import type { Remark } from '../../finding';
import { warning } from '../../finding';
import type { Field } from '../../../inventory/field';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** As many as for a Job: after them a fault is one of the step and not of a node. */
const MOST_RETRIES = 10;

export const endlessStepRetries: Rule<Scope.RUN> = {
  name: 'endless-step-retries',
  group: Group.PIPELINES,
  packs: [Group.RUNAWAY],
  facts: ['ML-ARGO-001', 'ML-COST-010'],
  scope: Scope.RUN,
  why: 'A retryStrategy without a limit tries again for ever, with the GPUs each time. https://argo-workflows.readthedocs.io/en/latest/retries/',
  fix: 'Set limit of the retryStrategy, such as "3".',
  check: ({ resource, pods }) =>
    specOfWorkflow(resource) === undefined
      ? []
      : pods.flatMap((pod) => (pod.deviceCount > 0 ? judged(pod.at('retryStrategy'), pod.role.name) : [])),
};

function judged(strategy: Field, step: string): Remark[] {
  if (!strategy.exists || typeof strategy.value !== 'object') return [];
  const limit = strategy.at('limit');
  if (!limit.exists) {
    const isBounded =
      /retries/.test(strategy.at('expression').text ?? '') || strategy.at('backoff', 'maxDuration').exists;
    return isBounded ? [] : [warning(limit, `tries the step ${step} with GPUs again without end.`)];
  }
  const count = limit.integer ?? (/^\d{1,9}$/.test(limit.text ?? '') ? Number(limit.text) : 0);
  return count > MOST_RETRIES ? [warning(limit, `tries the step ${step} with GPUs again ${count} times.`)] : [];
}
