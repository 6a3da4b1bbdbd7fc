import type { AnyRule } from '../../rule';
import { alertMetric } from './alert-metric';
import { costLabels } from './cost-labels';
import { driftEndsRuns } from './drift-ends-runs';
import { experimentOnDemand } from './experiment-on-demand';
import { gpuRunDeadline } from './gpu-run-deadline';
import { idleAlert } from './idle-alert';
import { idleNodesKept } from './idle-nodes-kept';
import { interactiveGpu } from './interactive-gpu';
import { longDeadline } from './long-deadline';
import { manyRetries } from './many-retries';
import { nodePoolLimits } from './node-pool-limits';
import { nodesNeverRenewed } from './nodes-never-renewed';
import { deadlineAbovePeriod } from './deadline-above-period';
import { queuedDeadline } from './queued-deadline';
import { recordedName } from './recorded-name';
import { ruleDuration } from './rule-duration';
import { scalingAboveQuota } from './scaling-above-quota';
import { undisruptableServer } from './undisruptable-server';

/** Rules against runs that cost money when nobody looks. */
export const RUNAWAY: readonly AnyRule[] = [
  gpuRunDeadline,
  longDeadline,
  queuedDeadline,
  manyRetries,
  deadlineAbovePeriod,
  interactiveGpu,
  undisruptableServer,
  scalingAboveQuota,
  nodePoolLimits,
  idleNodesKept,
  nodesNeverRenewed,
  driftEndsRuns,
  experimentOnDemand,
  costLabels,
  idleAlert,
  alertMetric,
  ruleDuration,
  recordedName,
];
