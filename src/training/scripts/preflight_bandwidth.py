"""One process of a measurement: an all-reduce over all GPUs of a gang, which preflight.py starts once for each GPU.

Reads   RANK, LOCAL_RANK, WORLD_SIZE      its place
        PREFLIGHT_ADDR, PREFLIGHT_BANDWIDTH_PORT   where the processes meet
        PREFLIGHT_MIN_BUS_BANDWIDTH       GB/s that must be reached
        PREFLIGHT_TIMEOUT                 seconds for all of it
        PREFLIGHT_BACKEND                 nccl unless told; another measures between processors
        PREFLIGHT_MEBIBYTES               size of what is reduced, 512 unless told

The bus bandwidth is that of nccl-tests: 2 (n - 1) / n of the bytes, by the time of the slowest process. Ends with 0 when it is reached, with
74 when it is not, in every process alike, and with another code when it could not be measured.
"""

import datetime
import os
import sys
import time

import torch
import torch.distributed as dist

TOO_SLOW = 74
WARM_UP = 5
TIMES = 20


def main():
    rank, size = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
    floor = float(os.environ["PREFLIGHT_MIN_BUS_BANDWIDTH"])
    backend = os.environ.get("PREFLIGHT_BACKEND", "nccl")
    count = int(os.environ.get("PREFLIGHT_MEBIBYTES", "512")) * 2**20 // 4
    on_gpu = backend == "nccl"
    if on_gpu:
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    device = "cuda" if on_gpu else "cpu"
    dist.init_process_group(
        backend,
        init_method="tcp://%s:%s" % (os.environ["PREFLIGHT_ADDR"], os.environ["PREFLIGHT_BANDWIDTH_PORT"]),
        rank=rank,
        world_size=size,
        timeout=datetime.timedelta(seconds=float(os.environ["PREFLIGHT_TIMEOUT"])),
    )
    data = torch.zeros(count, dtype=torch.float32, device=device)
    wait = torch.cuda.synchronize if on_gpu else (lambda: None)
    for _ in range(WARM_UP):
        dist.all_reduce(data)
    wait()
    dist.barrier()
    start = time.perf_counter()
    for _ in range(TIMES):
        dist.all_reduce(data)
    wait()
    seconds = torch.tensor([(time.perf_counter() - start) / TIMES], dtype=torch.float64, device=device)
    # All must come to the same end.
    dist.all_reduce(seconds, op=dist.ReduceOp.MAX)
    reached = count * 4 / float(seconds[0]) * 2 * (size - 1) / size / 1e9
    if rank == 0:
        said = "the bus bandwidth of %d processes is %.2f GB/s, and %g are needed" % (size, reached, floor)
        print("preflight: " + said, file=sys.stderr, flush=True)
    # Nobody leaves while another still wants to know.
    dist.barrier()
    dist.destroy_process_group()
    return 0 if reached >= floor else TOO_SLOW


sys.exit(main())
