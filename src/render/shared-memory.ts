import type { Size } from 'cdk8s';
import { kibibytes, size } from '../core/amounts';
import { checkArgument } from '../core/shape';

const GIB = 1024 * 1024;

/**
 * Memory at `/dev/shm`, which data loaders and NCCL share between the processes of a pod.
 *
 * What is written there counts against the memory of the container. A container runtime gives 64 MiB when nothing is said.
 *
 * @see https://docs.pytorch.org/docs/stable/multiprocessing.html
 */
export class SharedMemory {
  /** As much as the processes of a pod usually need: a quarter of the memory, at least 2 GiB per GPU, at most 64 GiB and half of the memory. */
  public static auto(): SharedMemory {
    return new SharedMemory();
  }

  /** An amount of its own. KUB016 when the memory of the container is smaller. */
  public static of(amount: Size): SharedMemory {
    checkArgument('amount', amount, size({ minMib: 1 }));
    return new SharedMemory(amount);
  }

  private constructor(private readonly amount?: Size) {}

  /** @internal The size of the volume, in KiB. */
  public _kibibytes(memoryKib: number, devices: number): number {
    if (this.amount) return kibibytes(this.amount);
    const wanted = Math.min(64 * GIB, Math.max(2 * GIB * devices, Math.floor(memoryKib / 4)));
    return wholeMebibytes(Math.min(wanted, memoryKib / 2));
  }
}

function wholeMebibytes(kib: number): number {
  return kib >= GIB ? Math.floor(kib / GIB) * GIB : Math.floor(kib / 1024) * 1024;
}
