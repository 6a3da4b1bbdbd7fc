import { prometheusTriggers } from '../../../inventory/prometheus-trigger';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Metrics that servers of models and the GPUs under them report. */
const OF_THE_POD =
  /\b(vllm:\w+|sglang:\w+|tgi_\w+|te_\w+|nv_(inference|gpu)\w*|DCGM_FI_\w+|triton_\w+|ts_inference\w*)/;

export const asleepForEver: Rule<Scope.OBJECT> = {
  name: 'asleep-for-ever',
  group: Group.SERVING,
  facts: ['ML-SERVE-010'],
  scope: Scope.OBJECT,
  why: 'With no pod left there is nobody to report the metric that would wake it. https://keda.sh/docs/2.20/concepts/scaling-deployments/',
  fix: 'Scale from zero on what others report (a gateway, a queue), or set minReplicaCount to 1.',
  check: (resource) => {
    if (!resource.is('ScaledObject', 'keda.sh')) return [];
    const least = resource.at('spec', 'minReplicaCount');
    const idle = resource.at('spec', 'idleReplicaCount');
    const sleeps = idle.integer === 0 || (!least.exists && !idle.exists) || (least.integer === 0 && !idle.exists);
    const triggers = resource.at('spec', 'triggers').items;
    const own = prometheusTriggers(resource).filter(({ query }) => OF_THE_POD.test(query.text ?? ''));
    if (!sleeps || triggers.length === 0 || own.length < triggers.length) return [];
    const metric = OF_THE_POD.exec(own[0].query.text!)![0];
    return [error(least, `goes to 0 replicas, and only they report ${metric}, by which it would wake.`)];
  },
};
