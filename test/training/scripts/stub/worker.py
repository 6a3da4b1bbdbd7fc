"""A worker: meets the others at the tracker, says who it is, and ends as it is told."""

import os
import signal
import socket
import sys
import time

behaviour = sys.argv[1] if len(sys.argv) > 1 else "train"
if behaviour == "ignore-term":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
tracker = socket.create_connection((os.environ["DMLC_TRACKER_URI"], int(os.environ["DMLC_TRACKER_PORT"])))
tracker.sendall(b"x")
if tracker.recv(2) != b"go":
    sys.exit("the tracker went away")
print(*(os.environ.get(name, "-") for name in ("DMLC_TASK_ID", "LOCAL_RANK", "CUDA_VISIBLE_DEVICES")), flush=True)
if behaviour.startswith("exit-") and os.environ["DMLC_TASK_ID"] == "1":
    sys.exit(int(behaviour[5:]))
if behaviour in ("hang", "ignore-term") or behaviour.startswith("exit-"):
    time.sleep(60)
