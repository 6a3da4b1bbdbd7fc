import type { AnyRule } from '../../rule';
import { elasticNodeCount } from './elastic-node-count';
import { fabricDevices } from './fabric-devices';
import { fabricSettings } from './fabric-settings';
import { gangName } from './gang-name';
import { gangNetworkPolicy } from './gang-network-policy';
import { gangRetries } from './gang-retries';
import { gangSchedulerUnnamed } from './gang-scheduler-unnamed';
import { gangService } from './gang-service';
import { gangZone } from './gang-zone';
import { hostNetwork } from './host-network';
import { launcherCounts } from './launcher-counts';
import { leftoverPods } from './leftover-pods';
import { masterCount } from './master-count';
import { mixedRoles } from './mixed-roles';
import { partialNode } from './partial-node';
import { processesPerPod } from './processes-per-pod';
import { reservedVariable } from './reserved-variable';
import { sharedMemory } from './shared-memory';
import { sharedMemorySize } from './shared-memory-size';
import { slowNetwork } from './slow-network';
import { trainingContainerName } from './training-container-name';
import { uncachedObjectMount } from './uncached-object-mount';

/** Rules against gangs that wait for each other while their GPUs idle. */
export const SLOW_GANG: readonly AnyRule[] = [
  processesPerPod,
  launcherCounts,
  elasticNodeCount,
  sharedMemory,
  sharedMemorySize,
  fabricDevices,
  fabricSettings,
  slowNetwork,
  gangZone,
  partialNode,
  hostNetwork,
  gangService,
  gangNetworkPolicy,
  gangSchedulerUnnamed,
  gangName,
  gangRetries,
  trainingContainerName,
  masterCount,
  mixedRoles,
  reservedVariable,
  leftoverPods,
  uncachedObjectMount,
];
