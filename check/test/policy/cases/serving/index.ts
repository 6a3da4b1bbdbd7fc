import type { RuleCase } from '../../rule-case';
import { SERVICE_NAME_TOO_LONG } from './service-name-too-long';
import { UNKNOWN_STORAGE_SCHEME } from './unknown-storage-scheme';
import { PROBE_PORT_UNDECLARED } from './probe-port-undeclared';
import { IMPOSSIBLE_PROBE } from './impossible-probe';
import { UTILIZATION_WITHOUT_REQUEST } from './utilization-without-request';
import { AUTOSCALER_TO_ZERO } from './autoscaler-to-zero';
import { AUTOSCALER_BOUNDS } from './autoscaler-bounds';
import { SERVER_WITHOUT_AUTOSCALER } from './server-without-autoscaler';
import { HARD_ZONE_SPREAD_OF_GPUS } from './hard-zone-spread-of-gpus';
import { PROGRESS_DEADLINE_BELOW_STARTUP } from './progress-deadline-below-startup';
import { TORCHSERVE_IS_OVER } from './torchserve-is-over';
import { MODEL_MESH } from './model-mesh';
import { CANARY_OUT_OF_RANGE } from './canary-out-of-range';
import { CANARY_WITHOUT_KNATIVE } from './canary-without-knative';
import { SURGE_ONTO_FULL_POOL } from './surge-onto-full-pool';
import { SURGE_ONTO_EXCLUSIVE_VOLUME } from './surge-onto-exclusive-volume';
import { RATIO_DIVIDED_BY_REPLICAS } from './ratio-divided-by-replicas';
import { ASLEEP_FOR_EVER } from './asleep-for-ever';
import { QUERY_NOT_AGGREGATED } from './query-not-aggregated';
import { TWO_AUTOSCALERS } from './two-autoscalers';
import { GPU_SERVER_SCALED_BY_CPU } from './gpu-server-scaled-by-cpu';
import { DISRUPTION_BUDGET_BLOCKS_DRAINS } from './disruption-budget-blocks-drains';
import { REPLICAS_WITHOUT_DISRUPTION_BUDGET } from './replicas-without-disruption-budget';
import { GRACE_NOT_ABOVE_PRE_STOP } from './grace-not-above-pre-stop';
import { STARTUP_BUDGET_BELOW_LOAD_TIME } from './startup-budget-below-load-time';
import { SERVER_WITHOUT_LIVENESS_PROBE } from './server-without-liveness-probe';
import { SERVER_WITHOUT_READINESS_PROBE } from './server-without-readiness-probe';
import { LIVENESS_DELAY_AS_LOAD_TIME } from './liveness-delay-as-load-time';
import { SERVER_WITHOUT_STARTUP_PROBE } from './server-without-startup-probe';
import { UNKNOWN_MODEL_FORMAT } from './unknown-model-format';
import { REPLICAS_BESIDE_AUTOSCALER } from './replicas-beside-autoscaler';
import { SERVER_ON_SPOT_NODES } from './server-on-spot-nodes';

export const SERVING_CASES: readonly RuleCase[] = [
  SERVER_WITHOUT_STARTUP_PROBE,
  LIVENESS_DELAY_AS_LOAD_TIME,
  SERVER_WITHOUT_READINESS_PROBE,
  SERVER_WITHOUT_LIVENESS_PROBE,
  STARTUP_BUDGET_BELOW_LOAD_TIME,
  GRACE_NOT_ABOVE_PRE_STOP,
  REPLICAS_WITHOUT_DISRUPTION_BUDGET,
  DISRUPTION_BUDGET_BLOCKS_DRAINS,
  GPU_SERVER_SCALED_BY_CPU,
  TWO_AUTOSCALERS,
  QUERY_NOT_AGGREGATED,
  ASLEEP_FOR_EVER,
  RATIO_DIVIDED_BY_REPLICAS,
  SURGE_ONTO_EXCLUSIVE_VOLUME,
  SURGE_ONTO_FULL_POOL,
  CANARY_WITHOUT_KNATIVE,
  CANARY_OUT_OF_RANGE,
  MODEL_MESH,
  TORCHSERVE_IS_OVER,
  PROGRESS_DEADLINE_BELOW_STARTUP,
  HARD_ZONE_SPREAD_OF_GPUS,
  SERVER_WITHOUT_AUTOSCALER,
  AUTOSCALER_BOUNDS,
  AUTOSCALER_TO_ZERO,
  UTILIZATION_WITHOUT_REQUEST,
  IMPOSSIBLE_PROBE,
  PROBE_PORT_UNDECLARED,
  UNKNOWN_STORAGE_SCHEME,
  SERVICE_NAME_TOO_LONG,
  UNKNOWN_MODEL_FORMAT,
  REPLICAS_BESIDE_AUTOSCALER,
  SERVER_ON_SPOT_NODES,
];
