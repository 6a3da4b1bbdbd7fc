import type { AnyRule } from '../../rule';
import { variableGivenTwiceOver } from './variable-given-twice-over';
import { wrongRestartPolicy } from './wrong-restart-policy';
import { commandInOneText } from './command-in-one-text';
import { impossibleImage } from './impossible-image';
import { cpuUnit } from './cpu-unit';
import { duplicateMountPath } from './duplicate-mount-path';
import { emptyDirMedium } from './empty-dir-medium';
import { escapingSubPath } from './escaping-sub-path';
import { hiddenMount } from './hidden-mount';
import { hugePagesAlone } from './huge-pages-alone';
import { idleParallelism } from './idle-parallelism';
import { impossibleQuantity } from './impossible-quantity';
import { indexedWithoutCompletions } from './indexed-without-completions';
import { instantDeadline } from './instant-deadline';
import { limitNotRequest } from './limit-not-request';
import { memoryUnit } from './memory-unit';
import { mountInReadOnlyVolume } from './mount-in-read-only-volume';
import { mountHidesImageFiles } from './mount-hides-image-files';
import { negativeRunBound } from './negative-run-bound';
import { noDevices } from './no-devices';
import { nullQuantity } from './null-quantity';
import { partialDevice } from './partial-device';
import { relativeMountPath } from './relative-mount-path';
import { requestAboveLimit } from './request-above-limit';
import { storageAmount } from './storage-amount';
import { undefinedVolume } from './undefined-volume';
import { unknownDevice } from './unknown-device';
import { unusedVolume } from './unused-volume';
import { arm64Image } from './arm64-image';
import { cpuPodOnGpuNodes } from './cpu-pod-on-gpu-nodes';
import { deprecatedNodeLabel } from './deprecated-node-label';
import { deviceInNoPool } from './device-in-no-pool';
import { flexStartDeadline } from './flex-start-deadline';
import { gangAdmittedByQuota } from './gang-admitted-by-quota';
import { gangWithoutQueue } from './gang-without-queue';
import { gpuModelChoice } from './gpu-model-choice';
import { gpuTolerationWithoutGpu } from './gpu-toleration-without-gpu';
import { gpuToleration } from './gpu-toleration';
import { initHoldsGpu } from './init-holds-gpu';
import { invalidToleration } from './invalid-toleration';
import { largerThanAnyNode } from './larger-than-any-node';
import { manyDevices } from './many-devices';
import { migProfile } from './mig-profile';
import { misplacedQueueLabel } from './misplaced-queue-label';
import { nodeLabelNobodySets } from './node-label-nobody-sets';
import { partOfGpuInGang } from './part-of-gpu-in-gang';
import { placeholderToleration } from './placeholder-toleration';
import { resourceNotInQueue } from './resource-not-in-queue';
import { containerWithoutImage } from './container-without-image';
import { impossibleVariableName } from './impossible-variable-name';

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
  duplicateMountPath,
  hiddenMount,
  undefinedVolume,
  unusedVolume,
  escapingSubPath,
  emptyDirMedium,
  mountHidesImageFiles,
  relativeMountPath,
  mountInReadOnlyVolume,
  negativeRunBound,
  indexedWithoutCompletions,
  idleParallelism,
  instantDeadline,
  impossibleImage,
  commandInOneText,
  wrongRestartPolicy,
  variableGivenTwiceOver,
  arm64Image,
  cpuPodOnGpuNodes,
  deprecatedNodeLabel,
  deviceInNoPool,
  flexStartDeadline,
  gangAdmittedByQuota,
  gangWithoutQueue,
  gpuModelChoice,
  gpuTolerationWithoutGpu,
  gpuToleration,
  initHoldsGpu,
  invalidToleration,
  largerThanAnyNode,
  manyDevices,
  migProfile,
  misplacedQueueLabel,
  nodeLabelNobodySets,
  partOfGpuInGang,
  placeholderToleration,
  resourceNotInQueue,
  containerWithoutImage,
  impossibleVariableName,
];
