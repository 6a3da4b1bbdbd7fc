import type { RuleCase } from '../../rule-case';
import { BURSTABLE_TRAINING } from './burstable-training';
import { FEW_CPUS_FOR_GPUS } from './few-cpus-for-gpus';
import { GPU_CONTAINER_WITHOUT_MEMORY } from './gpu-container-without-memory';
import { GPU_MEMORY_UTILIZATION } from './gpu-memory-utilization';
import { MEMORY_BESIDE_SHARED_MEMORY } from './memory-beside-shared-memory';
import { MEMORY_VOLUME_WITHOUT_SIZE } from './memory-volume-without-size';
import { MEMORY_VOLUMES_ABOVE_LIMIT } from './memory-volumes-above-limit';
import { NUMBER_FORMAT_OF_NEWER_GPU } from './number-format-of-newer-gpu';
import { OOM_KILL_RETRIED } from './oom-kill-retried';
import { STAGING_WITHOUT_STORAGE, STAGING_WITHOUT_STORAGE_OF_A_MODEL } from './staging-without-storage';
import {
  TENSOR_PARALLEL_SIZE,
  TENSOR_PARALLEL_SIZE_OF_A_GROUP,
  TENSOR_PARALLEL_SIZE_OF_KSERVE,
} from './tensor-parallel-size';

export const OOM_CASES: readonly RuleCase[] = [
  BURSTABLE_TRAINING,
  FEW_CPUS_FOR_GPUS,
  GPU_CONTAINER_WITHOUT_MEMORY,
  GPU_MEMORY_UTILIZATION,
  MEMORY_BESIDE_SHARED_MEMORY,
  MEMORY_VOLUME_WITHOUT_SIZE,
  MEMORY_VOLUMES_ABOVE_LIMIT,
  NUMBER_FORMAT_OF_NEWER_GPU,
  OOM_KILL_RETRIED,
  STAGING_WITHOUT_STORAGE,
  STAGING_WITHOUT_STORAGE_OF_A_MODEL,
  TENSOR_PARALLEL_SIZE,
  TENSOR_PARALLEL_SIZE_OF_A_GROUP,
  TENSOR_PARALLEL_SIZE_OF_KSERVE,
];
