"""Starts one node of an elastic gang, and lets it succeed only when the run is complete.

    python3 elastic_launch.py COMMAND [ARGUMENT ...]

Reads   COMPLETION_MARKER       file that the program makes when all is done and saved
        COMPLETION_TIMEOUT      seconds that a command which has ended waits for it
        PET_RDZV_ENDPOINT       host:port where the nodes meet, on the first node
        NODE_RANK               number of this node; only 0, the first, matters
        START_TIMEOUT           seconds in which the first node must answer
Sets    PET_RDZV_CONF           adds is_host: torchrun does not know its host by every name that it has

Ends with 0 when the marker is there, also if it was there before; with the exit code of a command that fails; with 143 after SIGTERM,
whatever the command says; and with 1 when the command ended without the marker, so that the node joins the others again.
Needs Python 3.8.
"""

import os
import signal
import socket
import sys
import time

TERMINATED = 128 + signal.SIGTERM
LOOK_SECONDS = 0.2


def say(message):
    print(f"elastic_launch: {message}", file=sys.stderr, flush=True)


class Stopped(Exception):
    """SIGTERM came while nothing ran."""


class Node:
    def __init__(self, env):
        self.marker = env["COMPLETION_MARKER"]
        self.patience = int(env["COMPLETION_TIMEOUT"])
        self.host, _, self.port = env["PET_RDZV_ENDPOINT"].rpartition(":")
        self.is_first = env["NODE_RANK"] == "0"
        self.start_timeout = int(env["START_TIMEOUT"])
        self.child = None
        self.stopped = False

    def on_term(self, *_):
        self.stopped = True
        if self.child is None:
            raise Stopped
        try:
            os.kill(self.child, signal.SIGTERM)
        except ProcessLookupError:
            pass

    def is_complete(self):
        return os.path.exists(self.marker)

    def run(self, command):
        if self.is_complete():
            say(f"{self.marker} is there: the run is complete")
            return 0
        if not self.is_first and not self.await_first():
            return 0 if self.is_complete() else 1
        code = self.run_command(command)
        if code != 0 or self.stopped:
            return code
        return 0 if self.await_marker() else 1

    def await_first(self):
        """torchrun itself waits a minute, and the first node may come much later than this one."""
        give_up = time.monotonic() + self.start_timeout
        say(f"waiting for the first node at {self.host}:{self.port}")
        while not self.is_complete():
            try:
                socket.create_connection((self.host, int(self.port)), timeout=5).close()
                return True
            except OSError as error:
                if time.monotonic() > give_up:
                    say(f"no first node at {self.host}:{self.port} in {self.start_timeout} s: {error}")
                    return False
                time.sleep(0.5)
        return False

    def run_command(self, command):
        conf = [os.environ.get("PET_RDZV_CONF"), "is_host=" + ("true" if self.is_first else "false")]
        env = {**os.environ, "PET_RDZV_CONF": ",".join(part for part in conf if part)}
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
        try:
            self.child = os.posix_spawnp(command[0], command, env, setsigmask=[])
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
        while True:
            # The first process of a container also has to collect those of others.
            pid, status = os.waitpid(-1, 0)
            if pid == self.child:
                self.child = None
                return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)

    def await_marker(self):
        give_up = time.monotonic() + self.patience
        if not self.is_complete():
            say(f"the command has ended; waiting for {self.marker}")
        while not self.is_complete():
            if time.monotonic() > give_up:
                say(f"not complete in {self.patience} s: this node fails, to join the others again")
                return False
            time.sleep(LOOK_SECONDS)
        return True


def main(command):
    if not command:
        sys.exit("usage: elastic_launch.py COMMAND [ARGUMENT ...]")
    node = Node(os.environ)
    signal.signal(signal.SIGTERM, node.on_term)
    try:
        code = node.run(command)
    except Stopped:
        code = TERMINATED
    except FileNotFoundError as error:
        say(f"{command[0]}: {error.strerror}")
        code = 127
    return TERMINATED if node.stopped else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
