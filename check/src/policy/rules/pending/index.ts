import type { AnyRule } from '../../rule';
import { cpuUnit } from './cpu-unit';
import { hugePagesAlone } from './huge-pages-alone';
import { impossibleQuantity } from './impossible-quantity';
import { limitNotRequest } from './limit-not-request';
import { memoryUnit } from './memory-unit';
import { noDevices } from './no-devices';
import { nullQuantity } from './null-quantity';
import { partialDevice } from './partial-device';
import { requestAboveLimit } from './request-above-limit';
import { storageAmount } from './storage-amount';
import { unknownDevice } from './unknown-device';

/** Rules against what is rejected or waits for ever. */
export const PENDING: readonly AnyRule[] = [
  limitNotRequest,
  partialDevice,
  noDevices,
  nullQuantity,
  impossibleQuantity,
  unknownDevice,
  memoryUnit,
  cpuUnit,
  requestAboveLimit,
  hugePagesAlone,
  storageAmount,
];
