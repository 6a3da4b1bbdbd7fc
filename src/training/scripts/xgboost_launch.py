"""Starts the XGBoost workers of one node of a gang. The first node also runs the tracker, where all workers meet.

    python3 xgboost_launch.py COMMAND [ARGUMENT ...]

Reads   DMLC_TRACKER_URI, DMLC_TRACKER_PORT   the first node
        DMLC_NUM_WORKER                       workers of all nodes
        NODE_RANK, else RANK                  number of this node
        NUM_PROC_PER_NODE                     workers of each node, 1 unless set
        XGBOOST_START_TIMEOUT                 seconds in which all workers must have met, 1800 unless set
Sets    DMLC_TASK_ID, LOCAL_RANK              for each worker; with several on a node also CUDA_VISIBLE_DEVICES

Ends with the exit code of the command: of the first worker that fails, and 143 after SIGTERM, whatever the command says.
Needs Python 3.8, and on the first node XGBoost 2.1 for this Python.
"""

import os
import signal
import socket
import sys
import threading
import time

TERMINATED = 128 + signal.SIGTERM
LOOK_SECONDS = 0.1
# What workers get to end by themselves when one of them, or the tracker, has failed.
GRACE_SECONDS = 10


def say(message):
    print(f"xgboost_launch: {message}", file=sys.stderr, flush=True)


class Settings:
    def __init__(self, env):
        self.host = env["DMLC_TRACKER_URI"]
        self.port = int(env["DMLC_TRACKER_PORT"])
        self.workers = int(env["DMLC_NUM_WORKER"])
        self.node = int(env["NODE_RANK"] if "NODE_RANK" in env else env["RANK"])
        self.here = int(env.get("NUM_PROC_PER_NODE", "1"))
        self.timeout = int(env.get("XGBOOST_START_TIMEOUT", "1800"))


class Tracker:
    """The tracker of XGBoost, which works in threads of its own."""

    def __init__(self, settings):
        self.error = None
        self.ended = threading.Event()
        self.tracker = listening_tracker(settings)
        self.tracker.start()
        # Waiting blocks, and a blocked main thread would not see signals.
        threading.Thread(target=self.wait, daemon=True).start()

    def wait(self):
        try:
            self.tracker.wait_for()
        except Exception as error:  # of a type of XGBoost
            self.error = error
        self.ended.set()


def listening_tracker(settings):
    from xgboost.tracker import RabitTracker

    if not hasattr(RabitTracker, "wait_for"):
        sys.exit("xgboost_launch: the tracker of XGBoost before 2.1 cannot be bounded in time: take a newer image")
    give_up = time.monotonic() + settings.timeout
    while True:
        try:
            return RabitTracker(
                host_ip=any_address(),
                n_workers=settings.workers,
                port=settings.port,
                sortby="task",
                timeout=settings.timeout,
            )
        except Exception as error:
            # A container that was restarted finds the connections of the last one for a minute.
            if "in use" not in str(error) or time.monotonic() > give_up:
                raise
            say(f"port {settings.port} is still in use, waiting for it")
            time.sleep(1)


def any_address():
    """Every address of this pod, in the family that it has."""
    try:
        families = {info[0] for info in socket.getaddrinfo(socket.gethostname(), None)}
    except OSError:
        families = set()
    return "::" if families == {socket.AF_INET6} else "0.0.0.0"


def await_tracker(settings):
    """XGBoost itself gives up after a few tries, and the first node may come much later than this one."""
    give_up = time.monotonic() + settings.timeout
    say(f"waiting for the tracker at {settings.host}:{settings.port}")
    while True:
        try:
            socket.create_connection((settings.host, settings.port), timeout=5).close()
            return
        except OSError as error:
            if time.monotonic() > give_up:
                sys.exit(f"xgboost_launch: no tracker at {settings.host}:{settings.port} in {settings.timeout} s: {error}")
            time.sleep(0.5)


class Workers:
    """The workers of this node."""

    def __init__(self):
        self.running = {}
        self.failed = None
        self.stopped = False

    def start(self, command, settings):
        for local in range(settings.here):
            if self.stopped:
                return
            pid = os.posix_spawnp(command[0], command, worker_env(settings, local))
            self.running[pid] = settings.node * settings.here + local
            if self.stopped:
                self.send(signal.SIGTERM)

    def stop(self, *_):
        if not self.stopped:
            say("stopped by SIGTERM")
        self.stopped = True
        self.send(signal.SIGTERM)

    def send(self, number):
        for pid in list(self.running):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def collect(self):
        """Notes every process that ended; the first one of a container also has to collect those of others."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            task = self.running.pop(pid, None)
            code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)
            if task is not None and code != 0 and self.failed is None:
                self.failed = code
                say(f"worker {task} ended with exit code {code}")

    def end(self):
        """Lets the rest end, and ends what does not."""
        for number, seconds in ((signal.SIGTERM, GRACE_SECONDS), (signal.SIGKILL, GRACE_SECONDS)):
            self.send(number)
            give_up = time.monotonic() + seconds
            while self.running and time.monotonic() < give_up:
                time.sleep(LOOK_SECONDS)
                self.collect()


def worker_env(settings, local):
    env = dict(os.environ)
    env["DMLC_TASK_ID"] = str(settings.node * settings.here + local)
    env["LOCAL_RANK"] = str(local)
    if settings.here > 1:
        devices = env.get("CUDA_VISIBLE_DEVICES", "").split(",")
        env["CUDA_VISIBLE_DEVICES"] = devices[local] if len(devices) == settings.here else str(local)
    return env


def run(command, settings, workers):
    """Exit code of the workers of this node."""
    tracker = None
    if settings.node == 0:
        tracker = Tracker(settings)
    else:
        await_tracker(settings)
    workers.start(command, settings)
    lost = None
    while workers.running:
        time.sleep(LOOK_SECONDS)
        workers.collect()
        if workers.stopped:
            continue  # as long as the kubelet lets them
        if workers.failed is not None:
            workers.end()
        elif tracker and tracker.error:
            lost = lost or time.monotonic()
            if time.monotonic() > lost + GRACE_SECONDS:
                say(f"the tracker failed, or not all of {settings.workers} workers came: {tracker.error}")
                workers.end()
                return 1
    if workers.failed is None and tracker:
        leave_together(tracker, settings, workers)
    return workers.failed or 0


def leave_together(tracker, settings, workers):
    """The others may still have to say goodbye to the tracker; those who never came are not waited for longer than that."""
    give_up = time.monotonic() + settings.timeout
    while not (tracker.ended.is_set() or workers.stopped) and time.monotonic() < give_up:
        tracker.ended.wait(LOOK_SECONDS)
    if tracker.error:
        say(f"the workers of this node are done; the tracker says: {tracker.error}")


class Stopped(Exception):
    """SIGTERM came while nothing ran."""


def main(command):
    if not command:
        sys.exit("usage: xgboost_launch.py COMMAND [ARGUMENT ...]")
    settings = Settings(os.environ)
    workers = Workers()

    def on_term(*_):
        workers.stop()
        if not workers.running:
            raise Stopped

    signal.signal(signal.SIGTERM, on_term)
    try:
        code = run(command, settings, workers)
    except Stopped:
        code = TERMINATED
    except FileNotFoundError as error:
        say(f"{command[0]}: {error.strerror}")
        code = 127
    return TERMINATED if workers.stopped else code


if __name__ == "__main__":
    exit_code = main(sys.argv[1:])
    # The threads of a tracker that still waits would hold this process.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)
