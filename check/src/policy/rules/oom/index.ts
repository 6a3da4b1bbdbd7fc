import type { AnyRule } from '../../rule';
import { burstableTraining } from './burstable-training';
import { fewCpusForGpus } from './few-cpus-for-gpus';
import { gpuContainerWithoutMemory } from './gpu-container-without-memory';
import { gpuMemoryUtilization } from './gpu-memory-utilization';
import { memoryBesideSharedMemory } from './memory-beside-shared-memory';
import { memoryVolumeWithoutSize } from './memory-volume-without-size';
import { memoryVolumesAboveLimit } from './memory-volumes-above-limit';
import { numberFormatOfNewerGpu } from './number-format-of-newer-gpu';
import { oomKillRetried } from './oom-kill-retried';
import { stagingWithoutStorage } from './staging-without-storage';
import { tensorParallelSize } from './tensor-parallel-size';

/** Rules of the group oom. */
export const OOM: readonly AnyRule[] = [
  burstableTraining,
  fewCpusForGpus,
  gpuContainerWithoutMemory,
  gpuMemoryUtilization,
  memoryBesideSharedMemory,
  memoryVolumeWithoutSize,
  memoryVolumesAboveLimit,
  numberFormatOfNewerGpu,
  oomKillRetried,
  stagingWithoutStorage,
  tensorParallelSize,
];
