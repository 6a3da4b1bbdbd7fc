import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Need, Scope } from '../../rule';
import { alertsIn } from './alerts';

/** Metrics that tell whether a GPU works, or what it costs. */
const TELLING = /(GPU_UTIL|GR_ENGINE_ACTIVE|SM_ACTIVE|TENSOR_ACTIVE|gpu_util|duty_cycle|cost|spend|price|usd)/i;

export const idleAlert: Rule<Scope.SET> = {
  name: 'idle-alert',
  group: Group.RUNAWAY,
  packs: [Group.SLOW_GANG],
  facts: ['ML-COST-012', 'ML-DIST-020'],
  scope: Scope.SET,
  needs: [Need.COMPLETE],
  why: 'GPUs that are held and idle, or a gang that uses half of them, show in no other way before the bill comes. https://docs.nvidia.com/datacenter/cloud-native/gpu-telemetry/latest/dcgm-exporter.html',
  fix: 'Add a PrometheusRule with an alert on DCGM_FI_PROF_GR_ENGINE_ACTIVE or on cost.',
  check: (inventory) => {
    const first = inventory.workloads.find(({ deviceCount }) => deviceCount > 0);
    if (first === undefined || alertsIn(inventory).some(({ expr }) => TELLING.test(expr.text ?? ''))) return [];
    return [info(first.resource.top, 'holds GPUs, and no alert of the set tells when they are idle.')];
  },
};
