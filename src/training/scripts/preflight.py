"""Looks whether a node has what a run needs, then becomes the program of the user.

    python3 preflight.py [--gpus COUNT] [--nodes COUNT --timeout SECONDS] [--bandwidth GBPS] -- COMMAND [ARGUMENT ...]

--gpus       GPUs that must be there and answer
--nodes      pods that must all have met on PORT of the first one within the time-out
--bandwidth  bus bandwidth in GB/s that an all-reduce over the GPUs of all nodes must reach, by preflight_bandwidth.py beside this file

Reads   PET_NODE_RANK, JAX_PROCESS_ID, NODE_RANK, else RANK                   number of this node
        PET_MASTER_ADDR, JAX_COORDINATOR_ADDRESS, DMLC_TRACKER_URI, else MASTER_ADDR   the first node

Ends with 69 when GPUs are missing, with 74 when the bandwidth is not reached or cannot be measured, with 75 when not all nodes have met, and
with 143 after SIGTERM. Needs Python 3.8.
"""

import argparse
import glob
import os
import select
import signal
import socket
import subprocess
import sys
import time

# Beside that of the program, which could find it still in use.
PORT = int(os.environ.get("PREFLIGHT_PORT", "29499"))
NO_DEVICES = 69
TOO_SLOW = 74
NOT_MET = 75
TERMINATED = 128 + signal.SIGTERM
ASK_SECONDS = 120  # the first question to a driver may take a minute
# For the start of all processes, the first message of NCCL between all of them, and the measurement.
MEASURE_SECONDS = int(os.environ.get("PREFLIGHT_MEASURE_SECONDS", "300"))
BANDWIDTH_PORT = int(os.environ.get("PREFLIGHT_BANDWIDTH_PORT", "29498"))
GO = b"go\n"


def say(message):
    print(f"preflight: {message}", file=sys.stderr, flush=True)


class Failed(Exception):
    """A node is not fit for the run."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def check_devices(wanted):
    try:
        listed = subprocess.run(["nvidia-smi", "-L"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=ASK_SECONDS)
    except FileNotFoundError:
        found = len(glob.glob("/dev/nvidia[0-9]*"))
        if found < wanted:
            raise Failed(NO_DEVICES, f"{found} devices /dev/nvidia*, and {wanted} are needed")
        return
    except subprocess.TimeoutExpired:
        raise Failed(NO_DEVICES, f"nvidia-smi has not answered for {ASK_SECONDS} s")
    text = listed.stdout.decode(errors="replace").strip()
    found = sum(line.startswith("GPU ") for line in text.splitlines())
    if listed.returncode != 0 or found < wanted:
        raise Failed(NO_DEVICES, f"nvidia-smi lists {found} GPUs, and {wanted} are needed: {text}")


def first_of(names):
    for name in names:
        if name in os.environ:
            return os.environ[name]
    raise Failed(NOT_MET, f"none of {', '.join(names)} is set")


def meet(nodes, timeout):
    rank = own_rank()
    give_up = time.monotonic() + timeout
    if rank == 0:
        gather(nodes, give_up, timeout)
        return
    join(first_host(), rank, give_up, timeout)


def own_rank():
    return int(first_of(["PET_NODE_RANK", "JAX_PROCESS_ID", "NODE_RANK", "RANK"]))


def first_host():
    address = first_of(["PET_MASTER_ADDR", "JAX_COORDINATOR_ADDRESS", "DMLC_TRACKER_URI", "MASTER_ADDR"])
    # One colon is before a port; more are those of IPv6.
    return address.split(":")[0] if address.count(":") == 1 else address


def listener():
    if socket.has_dualstack_ipv6():
        try:
            return socket.create_server(("", PORT), family=socket.AF_INET6, dualstack_ipv6=True)
        except OSError:
            pass  # a kernel without IPv6
    return socket.create_server(("", PORT))


def gather(nodes, give_up, timeout):
    """Waits for all others, and lets go those that hang up before all are there."""
    here = {}
    with listener() as server:
        say(f"waiting on port {PORT} for {nodes - 1} other nodes")
        while len(here) < nodes - 1:
            left = give_up - time.monotonic()
            if left <= 0:
                missing = sorted(set(range(1, nodes)) - set(here.values()))
                raise Failed(NOT_MET, f"nodes {', '.join(map(str, missing))} have not come within {timeout} s")
            ready, _, _ = select.select([server, *here], [], [], left)
            for one in ready:
                if one is not server:
                    # It hung up, and comes again; or its number was taken over a moment ago.
                    here.pop(one, None)
                    one.close()
                    continue
                other, _ = server.accept()
                rank = rank_of(other, nodes)
                if rank is None:
                    other.close()
                    continue
                for known in [peer for peer, number in here.items() if number == rank]:
                    del here[known]
                    known.close()
                here[other] = rank
                say(f"node {rank} is here, {nodes - 1 - len(here)} to come")
        for peer in here:
            try:
                peer.sendall(GO)
                peer.close()
            except OSError:
                pass


def rank_of(peer, nodes):
    peer.settimeout(5)
    try:
        rank = int(peer.makefile("rb").readline(20))
    except (OSError, ValueError):
        return None
    return rank if 0 < rank < nodes else None


def join(host, rank, give_up, timeout):
    problem = "it has not answered"
    say(f"looking for the first node at {host}:{PORT}")
    while time.monotonic() < give_up:
        try:
            with socket.create_connection((host, PORT), timeout=5) as first:
                first.sendall(b"%d\n" % rank)
                first.settimeout(max(1.0, give_up - time.monotonic()))
                if first.makefile("rb").readline() == GO:
                    return
                problem = "it hung up"
        except OSError as error:
            problem = str(error)
        time.sleep(0.5)
    raise Failed(NOT_MET, f"the first node at {host}:{PORT} was not met within {timeout} s: {problem}")


def measure(floor, gpus, nodes):
    """Starts a process for each GPU, and ends all of them in any case: what they hold of a GPU goes with them."""
    rank = own_rank() if nodes > 1 else 0
    settings = {
        "WORLD_SIZE": nodes * gpus,
        "PREFLIGHT_ADDR": first_host() if nodes > 1 else "127.0.0.1",
        "PREFLIGHT_BANDWIDTH_PORT": BANDWIDTH_PORT,
        "PREFLIGHT_MIN_BUS_BANDWIDTH": floor,
        "PREFLIGHT_TIMEOUT": MEASURE_SECONDS,
    }
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "preflight_bandwidth.py")
    give_up = time.monotonic() + MEASURE_SECONDS
    running = []
    try:
        for local in range(gpus):
            place = {"RANK": rank * gpus + local, "LOCAL_RANK": local}
            env = {**os.environ, **{name: str(value) for name, value in {**settings, **place}.items()}}
            running.append(subprocess.Popen([sys.executable, script], env=env, start_new_session=True))
        while any(one.poll() is None for one in running):
            # One that failed leaves the others waiting for it.
            if any(one.poll() not in (None, 0, TOO_SLOW) for one in running):
                break
            if time.monotonic() > give_up:
                raise Failed(TOO_SLOW, f"the bandwidth was not measured within {MEASURE_SECONDS} s")
            time.sleep(0.1)
        codes = [one.poll() for one in running]
    finally:
        for one in running:
            try:
                os.killpg(one.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        for one in running:
            one.wait()
    broken = [code for code in codes if code not in (None, 0, TOO_SLOW)]
    if broken:
        raise Failed(TOO_SLOW, f"the bandwidth was not measured: a process ended with {broken[0]}")
    if TOO_SLOW in codes:
        raise Failed(TOO_SLOW, f"the bandwidth is below {floor:g} GB/s")


def main(arguments):
    parser = argparse.ArgumentParser(prog="preflight.py")
    parser.add_argument("--gpus", type=int, default=0)
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--timeout", type=int, default=1800)
    parser.add_argument("--bandwidth", type=float)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args(arguments)
    command = given.command[1:] if given.command[:1] == ["--"] else given.command
    # The first process of a container has no other way to be stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        if given.gpus:
            check_devices(given.gpus)
        if given.nodes > 1:
            meet(given.nodes, given.timeout)
        if given.bandwidth is not None:
            measure(given.bandwidth, given.gpus, given.nodes)
    except Failed as failure:
        say(str(failure))
        sys.exit(failure.code)
    try:
        os.execvp(command[0], command)
    except OSError as error:
        say(f"{command[0]}: {error.strerror}")
        sys.exit(127)


main(sys.argv[1:])
