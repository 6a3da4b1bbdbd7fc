import type { RuleCase } from '../../rule-case';
import { VARIABLE_GIVEN_TWICE_OVER } from './variable-given-twice-over';
import {
  WRONG_RESTART_POLICY,
  WRONG_RESTART_POLICY_OF_SERVER,
  WRONG_RESTART_POLICY_OF_CRON_JOB,
} from './wrong-restart-policy';
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
import { ARM64_IMAGE } from './arm64-image';
import { CPU_POD_ON_GPU_NODES } from './cpu-pod-on-gpu-nodes';
import { DEPRECATED_NODE_LABEL } from './deprecated-node-label';
import { DEVICE_IN_NO_POOL, SLICE_IN_NO_POOL } from './device-in-no-pool';
import {
  FLEX_START_DEADLINE,
  FLEX_START_DEADLINE_OF_REQUEST,
  FLEX_START_DEADLINE_OF_ANNOTATION,
} from './flex-start-deadline';
import { GANG_ADMITTED_BY_QUOTA } from './gang-admitted-by-quota';
import {
  GANG_WITHOUT_QUEUE,
  JOB_OF_KAI_WITHOUT_GROUP,
  SERVERS_WITHOUT_QUEUE,
  TRAIN_JOB_WITHOUT_QUEUE,
} from './gang-without-queue';
import {
  GPU_MODEL_CHOICE,
  GPU_MODEL_CHOICE_WITH_NEED,
  GPU_MODEL_CHOICE_FOR_LARGE_MODEL,
  GPU_MODEL_CHOICE_OF_ONE,
  GPU_MODEL_CHOICE_OF_TWO,
} from './gpu-model-choice';
import { GPU_TOLERATION_WITHOUT_GPU } from './gpu-toleration-without-gpu';
import { GPU_TOLERATION, GPU_TOLERATION_OF_POOLS, GPU_TOLERATION_WITHOUT_TAINTS } from './gpu-toleration';
import { INIT_HOLDS_GPU } from './init-holds-gpu';
import { INVALID_TOLERATION } from './invalid-toleration';
import { LARGER_THAN_ANY_NODE } from './larger-than-any-node';
import { MANY_DEVICES } from './many-devices';
import { MIG_PROFILE, MIG_PROFILE_OF_ANY, MIG_PROFILE_WITHOUT_MIG } from './mig-profile';
import { QUEUE_LABEL_ON_CRON_JOB, QUEUE_LABEL_ON_WORKFLOW, QUEUE_LABEL_ON_PODS } from './misplaced-queue-label';
import { NODE_LABEL_NOBODY_SETS, NODE_LABEL_NO_POOL_HAS } from './node-label-nobody-sets';
import { PART_OF_GPU_IN_GANG, PARTS_OF_GPUS_IN_GANG } from './part-of-gpu-in-gang';
import { PLACEHOLDER_TOLERATION } from './placeholder-toleration';
import { RESOURCE_NOT_IN_QUEUE, RESOURCE_OFTEN_NOT_IN_QUEUE } from './resource-not-in-queue';
import { CONTAINER_WITHOUT_IMAGE } from './container-without-image';
import { IMPOSSIBLE_VARIABLE_NAME } from './impossible-variable-name';

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
  WRONG_RESTART_POLICY_OF_SERVER,
  WRONG_RESTART_POLICY_OF_CRON_JOB,
  VARIABLE_GIVEN_TWICE_OVER,
  ARM64_IMAGE,
  CPU_POD_ON_GPU_NODES,
  DEPRECATED_NODE_LABEL,
  DEVICE_IN_NO_POOL,
  SLICE_IN_NO_POOL,
  FLEX_START_DEADLINE,
  FLEX_START_DEADLINE_OF_REQUEST,
  FLEX_START_DEADLINE_OF_ANNOTATION,
  GANG_ADMITTED_BY_QUOTA,
  GANG_WITHOUT_QUEUE,
  JOB_OF_KAI_WITHOUT_GROUP,
  SERVERS_WITHOUT_QUEUE,
  TRAIN_JOB_WITHOUT_QUEUE,
  GPU_MODEL_CHOICE,
  GPU_MODEL_CHOICE_WITH_NEED,
  GPU_MODEL_CHOICE_FOR_LARGE_MODEL,
  GPU_MODEL_CHOICE_OF_ONE,
  GPU_MODEL_CHOICE_OF_TWO,
  GPU_TOLERATION_WITHOUT_GPU,
  GPU_TOLERATION,
  GPU_TOLERATION_OF_POOLS,
  GPU_TOLERATION_WITHOUT_TAINTS,
  INIT_HOLDS_GPU,
  INVALID_TOLERATION,
  LARGER_THAN_ANY_NODE,
  MANY_DEVICES,
  MIG_PROFILE,
  MIG_PROFILE_OF_ANY,
  MIG_PROFILE_WITHOUT_MIG,
  QUEUE_LABEL_ON_CRON_JOB,
  QUEUE_LABEL_ON_WORKFLOW,
  QUEUE_LABEL_ON_PODS,
  NODE_LABEL_NOBODY_SETS,
  NODE_LABEL_NO_POOL_HAS,
  PART_OF_GPU_IN_GANG,
  PARTS_OF_GPUS_IN_GANG,
  PLACEHOLDER_TOLERATION,
  RESOURCE_NOT_IN_QUEUE,
  RESOURCE_OFTEN_NOT_IN_QUEUE,
  CONTAINER_WITHOUT_IMAGE,
  IMPOSSIBLE_VARIABLE_NAME,
];
