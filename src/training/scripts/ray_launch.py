"""Runs the program of a Ray job, on the head: once, or with PET_NNODES a copy on every node, as torchrun wants it."""
import json
import os
import re
import subprocess
import sys
import time

VARIABLES = re.compile(r"\$\$|\$\(([^()]+)\)")


def expanded(word):
    """A word with the values of variables, as Kubernetes would write it into the command of a container."""

    def value(found):
        name = found.group(1)
        return "$" if name is None else os.environ.get(name, found.group(0))

    return VARIABLES.sub(value, word)


class Node:
    """What runs the program on one node, with all its GPUs."""

    def run(self, command, variables):
        env = {**os.environ, **variables}
        # Ray sets it for its own tasks; the program gets it only if its pod has it, as the raylet knows.
        with open("/proc/%d/environ" % os.getppid(), "rb") as file:
            if not any(each.startswith(b"OMP_NUM_THREADS=") for each in file.read().split(b"\0")):
                env.pop("OMP_NUM_THREADS", None)
        return subprocess.run(command, env=env, check=False).returncode


def nodes_of(ray, count):
    """The nodes of the cluster beside the head, when all have joined."""
    told = None
    while True:
        alive = [each for each in ray.nodes() if each["Alive"] and "node:__internal_head__" not in each["Resources"]]
        if len(alive) >= count:
            return sorted(alive, key=lambda each: each["NodeID"])[:count]
        if len(alive) != told:
            told = len(alive)
            print("%d of %d nodes have joined" % (told, count), flush=True)
        time.sleep(1)


def run_on_nodes(command, count):
    """Exit code of the program: 0 when it ended so on every node, else the first that differs."""
    import ray
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    ray.init(address="auto")
    nodes = nodes_of(ray, count)
    address = nodes[0]["NodeManagerAddress"]
    runs = {}
    actors = []
    for rank, node in enumerate(nodes):
        place = NodeAffinitySchedulingStrategy(node_id=node["NodeID"], soft=False)
        gpus = node["Resources"].get("GPU", 0)
        actor = ray.remote(Node).options(num_cpus=0, num_gpus=gpus, scheduling_strategy=place).remote()
        actors.append(actor)
        variables = {"PET_NODE_RANK": str(rank), "PET_MASTER_ADDR": address}
        runs[actor.run.remote(command, variables)] = rank
    while runs:
        (done,), _ = ray.wait(list(runs), num_returns=1)
        rank = runs.pop(done)
        try:
            code = ray.get(done)
        except ray.exceptions.RayError as error:
            print("node %d is lost: %s" % (rank, error), file=sys.stderr)
            return 1
        if code != 0:
            print("the program on node %d ended with exit code %d" % (rank, code), file=sys.stderr)
            return code if code > 0 else 128 - code
    return 0


def main():
    command = [expanded(each) for each in json.loads(os.environ["COMMAND"])]
    count = os.environ.get("PET_NNODES")
    if count is None:
        os.execvp(command[0], command)
    sys.exit(run_on_nodes(command, int(count)))


if __name__ == "__main__":
    main()
