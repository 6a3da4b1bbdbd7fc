import { dnsLabelProblem } from '../core/names';
import type { Check, Shape } from '../core/shape';
import { enumOf, instanceOf, integer, like, listOf, mapOf, optional, record, text } from '../core/shape';
import { readProperty } from '../core/snapshot';
import { GpuModel } from '../kinds/gpu';
import type { PoolPlacement } from './gpu-pool';
import { drainTime } from './gpu-pool';
import { GpuSharing } from './gpu-sharing';
import { tolerationShape } from '../kinds/toleration';
import { CapacityType } from './settings';

const placementShape: Shape<PoolPlacement> = {
  nodeSelector: mapOf(text({ min: 0 }), () => undefined),
  tolerations: listOf(record('Toleration', tolerationShape)),
  gpu: instanceOf(GpuModel, 'GpuModel.H100 or the like'),
  resourceName: text({ max: 317 }),
  devicesPerNode: integer(),
  gpusPerNode: integer(),
  sharing: instanceOf(GpuSharing, 'GpuSharing.whole() or the like'),
  capacityType: enumOf('CapacityType', CapacityType),
  maxNodes: optional(integer()),
  terminationGracePeriod: optional(drainTime),
  usableCpuMillis: optional(integer({ max: Number.MAX_SAFE_INTEGER })),
  usableMemoryMib: optional(integer({ max: Number.MAX_SAFE_INTEGER })),
  efaInterfaces: optional(integer()),
};

const isPool = like('GPU pool', ['poolName', 'placement'], 'a GpuNodePool');
const poolName = text({ max: 63, grammar: dnsLabelProblem });
const placement = record('PoolPlacement', placementShape);

/** Check of a pool that a workload names, whoever made it. */
export const poolCheck: Check = (value, property, problems) => {
  const before = problems.length;
  isPool(value, property, problems);
  if (problems.length > before) return;
  poolName(readProperty(value as object, 'poolName'), `${property}.poolName`, problems);
  placement(readProperty(value as object, 'placement'), `${property}.placement`, problems);
};
