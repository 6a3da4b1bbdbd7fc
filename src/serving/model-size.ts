import { gpuModel } from '../catalog/catalog';
import { kibibytes } from '../core/amounts';
import type { Gpu } from '../kinds/gpu';
import type { HuggingFaceOptions } from './model-source';

/** Room for files that are there twice for a while: those being written, and those that vLLM does not load. */
const SIZE_FACTOR = 1.2;

/**
 * Most that the files of a model can take: a model that is served fits into the memory of the GPUs, or of the pod where that
 * is not known.
 */
export function modelKibibytes(
  { size }: HuggingFaceOptions,
  gpu: Gpu | undefined,
  memoryKib: number | undefined,
): number {
  if (size) return wholeGibibytes(kibibytes(size) * SIZE_FACTOR);
  const each = gpu?.model && gpuModel(gpu.model.key)?.memoryMib;
  if (gpu && each !== undefined) return wholeGibibytes(each * 1024 * gpu.count);
  return wholeGibibytes(memoryKib ?? 0);
}

const GIB = 1024 * 1024;

function wholeGibibytes(kib: number): number {
  return Math.ceil(kib / GIB) * GIB;
}
