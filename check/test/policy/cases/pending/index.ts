import type { RuleCase } from '../../rule-case';
import { VARIABLE_GIVEN_TWICE_OVER } from './variable-given-twice-over';
import { WRONG_RESTART_POLICY } from './wrong-restart-policy';
import { COMMAND_IN_ONE_TEXT } from './command-in-one-text';
import { IMPOSSIBLE_IMAGE } from './impossible-image';
import { CPU_UNIT } from './cpu-unit';
import { DUPLICATE_MOUNT_PATH } from './duplicate-mount-path';
import { EMPTY_DIR_MEDIUM } from './empty-dir-medium';
import { ESCAPING_SUB_PATH } from './escaping-sub-path';
import { HIDDEN_MOUNT } from './hidden-mount';
import { HUGE_PAGES_ALONE } from './huge-pages-alone';
import { IDLE_PARALLELISM } from './idle-parallelism';
import { IMPOSSIBLE_QUANTITY } from './impossible-quantity';
import { INDEXED_WITHOUT_COMPLETIONS } from './indexed-without-completions';
import { INSTANT_DEADLINE } from './instant-deadline';
import { LIMIT_NOT_REQUEST } from './limit-not-request';
import { MEMORY_UNIT } from './memory-unit';
import { MOUNT_IN_READ_ONLY_VOLUME } from './mount-in-read-only-volume';
import { MOUNT_HIDES_IMAGE_FILES } from './mount-hides-image-files';
import { NEGATIVE_RUN_BOUND } from './negative-run-bound';
import { NO_DEVICES } from './no-devices';
import { NULL_QUANTITY } from './null-quantity';
import { PARTIAL_DEVICE } from './partial-device';
import { RELATIVE_MOUNT_PATH } from './relative-mount-path';
import { REQUEST_ABOVE_LIMIT } from './request-above-limit';
import { STORAGE_AMOUNT } from './storage-amount';
import { UNDEFINED_VOLUME } from './undefined-volume';
import { UNKNOWN_DEVICE } from './unknown-device';
import { UNUSED_VOLUME } from './unused-volume';

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
  DUPLICATE_MOUNT_PATH,
  EMPTY_DIR_MEDIUM,
  ESCAPING_SUB_PATH,
  HIDDEN_MOUNT,
  IDLE_PARALLELISM,
  INDEXED_WITHOUT_COMPLETIONS,
  INSTANT_DEADLINE,
  MOUNT_IN_READ_ONLY_VOLUME,
  MOUNT_HIDES_IMAGE_FILES,
  NEGATIVE_RUN_BOUND,
  RELATIVE_MOUNT_PATH,
  UNDEFINED_VOLUME,
  UNUSED_VOLUME,
  IMPOSSIBLE_IMAGE,
  COMMAND_IN_ONE_TEXT,
  WRONG_RESTART_POLICY,
  VARIABLE_GIVEN_TWICE_OVER,
];
