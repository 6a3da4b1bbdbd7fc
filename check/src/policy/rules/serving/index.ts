import type { AnyRule } from '../../rule';
import { serviceNameTooLong } from './service-name-too-long';
import { unknownStorageScheme } from './unknown-storage-scheme';
import { probePortUndeclared } from './probe-port-undeclared';
import { impossibleProbe } from './impossible-probe';
import { utilizationWithoutRequest } from './utilization-without-request';
import { autoscalerToZero } from './autoscaler-to-zero';
import { autoscalerBounds } from './autoscaler-bounds';
import { serverWithoutAutoscaler } from './server-without-autoscaler';
import { hardZoneSpreadOfGpus } from './hard-zone-spread-of-gpus';
import { progressDeadlineBelowStartup } from './progress-deadline-below-startup';
import { torchserveIsOver } from './torchserve-is-over';
import { modelMesh } from './model-mesh';
import { canaryOutOfRange } from './canary-out-of-range';
import { canaryWithoutKnative } from './canary-without-knative';
import { surgeOntoFullPool } from './surge-onto-full-pool';
import { surgeOntoExclusiveVolume } from './surge-onto-exclusive-volume';
import { ratioDividedByReplicas } from './ratio-divided-by-replicas';
import { asleepForEver } from './asleep-for-ever';
import { queryNotAggregated } from './query-not-aggregated';
import { twoAutoscalers } from './two-autoscalers';
import { gpuServerScaledByCpu } from './gpu-server-scaled-by-cpu';
import { disruptionBudgetBlocksDrains } from './disruption-budget-blocks-drains';
import { replicasWithoutDisruptionBudget } from './replicas-without-disruption-budget';
import { graceNotAbovePreStop } from './grace-not-above-pre-stop';
import { startupBudgetBelowLoadTime } from './startup-budget-below-load-time';
import { serverWithoutLivenessProbe } from './server-without-liveness-probe';
import { serverWithoutReadinessProbe } from './server-without-readiness-probe';
import { livenessDelayAsLoadTime } from './liveness-delay-as-load-time';
import { serverWithoutStartupProbe } from './server-without-startup-probe';
import { unknownModelFormat } from './unknown-model-format';
import { replicasBesideAutoscaler } from './replicas-beside-autoscaler';
import { serverOnSpotNodes } from './server-on-spot-nodes';

/** Rules of the group serving. */
export const SERVING: readonly AnyRule[] = [
  serverWithoutStartupProbe,
  livenessDelayAsLoadTime,
  serverWithoutReadinessProbe,
  serverWithoutLivenessProbe,
  startupBudgetBelowLoadTime,
  graceNotAbovePreStop,
  replicasWithoutDisruptionBudget,
  disruptionBudgetBlocksDrains,
  gpuServerScaledByCpu,
  twoAutoscalers,
  queryNotAggregated,
  asleepForEver,
  ratioDividedByReplicas,
  surgeOntoExclusiveVolume,
  surgeOntoFullPool,
  canaryWithoutKnative,
  canaryOutOfRange,
  modelMesh,
  torchserveIsOver,
  progressDeadlineBelowStartup,
  hardZoneSpreadOfGpus,
  serverWithoutAutoscaler,
  autoscalerBounds,
  autoscalerToZero,
  utilizationWithoutRequest,
  impossibleProbe,
  probePortUndeclared,
  unknownStorageScheme,
  serviceNameTooLong,
  unknownModelFormat,
  replicasBesideAutoscaler,
  serverOnSpotNodes,
];
