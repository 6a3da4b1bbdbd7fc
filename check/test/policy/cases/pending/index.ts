import type { RuleCase } from '../../rule-case';
import { CPU_UNIT } from './cpu-unit';
import { HUGE_PAGES_ALONE } from './huge-pages-alone';
import { IMPOSSIBLE_QUANTITY } from './impossible-quantity';
import { LIMIT_NOT_REQUEST } from './limit-not-request';
import { MEMORY_UNIT } from './memory-unit';
import { NO_DEVICES } from './no-devices';
import { NULL_QUANTITY } from './null-quantity';
import { PARTIAL_DEVICE } from './partial-device';
import { REQUEST_ABOVE_LIMIT } from './request-above-limit';
import { STORAGE_AMOUNT } from './storage-amount';
import { UNKNOWN_DEVICE } from './unknown-device';

export const PENDING_CASES: readonly RuleCase[] = [
  LIMIT_NOT_REQUEST,
  PARTIAL_DEVICE,
  NO_DEVICES,
  NULL_QUANTITY,
  IMPOSSIBLE_QUANTITY,
  UNKNOWN_DEVICE,
  MEMORY_UNIT,
  CPU_UNIT,
  REQUEST_ABOVE_LIMIT,
  HUGE_PAGES_ALONE,
  STORAGE_AMOUNT,
];
