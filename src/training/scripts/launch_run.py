"""Makes the object of a run from its template, unless the last run is still at work."""
import json
import os
import signal
import ssl
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

ACCOUNT = os.environ.get("SERVICE_ACCOUNT_DIR", "/var/run/secrets/kubernetes.io/serviceaccount")
ENDS = {"Succeeded", "Failed", "Completed", "Complete", "ValidationFailed", "Terminated", "Aborted"}
TRIES = int(os.environ.get("TRIES", "5"))
# For everything together: a request that is never answered takes longer than its time-out.
GIVE_UP_SECONDS = int(os.environ.get("GIVE_UP_SECONDS", "90"))
CANNOT_HELP = 2


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read().strip()


class Refused(Exception):
    """The API server does not take the request, however often it is made."""


def call(method, path, body=None):
    """Answer of the API server, None when there is no such object; what may pass is tried again."""
    host = os.environ["KUBERNETES_SERVICE_HOST"]
    host = "[" + host + "]" if ":" in host else host
    url = "https://" + host + ":" + os.environ.get("KUBERNETES_SERVICE_PORT", "443") + path
    data = None if body is None else json.dumps(body).encode()
    for attempt in range(1, TRIES + 1):
        request = urllib.request.Request(url, data, method=method)
        request.add_header("Authorization", "Bearer " + read(ACCOUNT + "/token"))
        request.add_header("Content-Type", "application/json")
        try:
            trust = ssl.create_default_context(cafile=ACCOUNT + "/ca.crt")
            with urllib.request.urlopen(request, timeout=30, context=trust) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            said = error.read().decode(errors="replace")
            if error.code == 404 and method != "POST":
                return None
            if error.code < 500 and error.code not in (408, 429):
                raise Refused("%s %s: %s %s" % (method, path, error.code, said)) from error
            problem = "%s %s" % (error.code, said)
        except (urllib.error.URLError, OSError) as error:
            problem = str(error)
        if attempt < TRIES:
            print("try %d of %d: %s" % (attempt, TRIES, problem), flush=True)
            time.sleep(2**attempt)
    raise SystemExit("the API server does not answer: " + problem)


def ended(run):
    """Whether a run has come to its end, by what the operators of all kinds write."""
    status = run.get("status", {})
    if any(each.get("type") in ENDS and each.get("status") == "True" for each in status.get("conditions", [])):
        return True
    state = status.get("state")
    phase = state.get("phase") if isinstance(state, dict) else status.get("jobDeploymentStatus")
    return phase in ENDS


def place_of(template, resource):
    """Where the API server keeps the objects of a kind in our namespace."""
    group, _, version = template["apiVersion"].partition("/")
    return "/apis/%s/%s/namespaces/%s/%s" % (group, version, read(ACCOUNT + "/namespace"), resource)


def named(template, name):
    """A template with the name of the run wherever pods and groups must say it."""
    made = json.loads(json.dumps(template).replace('"$(RUN)"', json.dumps(name)))
    return {**made, "metadata": {**made["metadata"], "name": name}}


def make_group(group, run):
    """Makes the group that the pods of a run wait for, unless it is there; it goes with the run."""
    name = run["metadata"]["name"]
    groups = place_of(group["template"], group["resource"])
    if call("GET", groups + "/" + name) is not None:
        return
    made = named(group["template"], name)
    owner = {"apiVersion": run["apiVersion"], "kind": run["kind"], "name": name, "uid": run["metadata"]["uid"]}
    made["metadata"]["ownerReferences"] = [owner]
    call("POST", groups, made)


def give_up(*_):
    raise SystemExit("the API server does not answer within %d s" % GIVE_UP_SECONDS)


def main():
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(GIVE_UP_SECONDS)
    given = json.loads(read(os.environ.get("RUN_TEMPLATE", "/etc/cdk8s-ml/run.json")))
    name = os.environ["RUN"] + given.get("nameSuffix", "")
    run = named(given["template"], name)
    group = given.get("group")
    runs = place_of(run, given["resource"])

    there = call("GET", runs + "/" + name)
    if there is not None:
        if group and not ended(there):
            make_group(group, there)
        print("%s is there already" % name)
        return
    labels = run["metadata"]["labels"]
    selector = "%s=%s" % (given["scheduleLabel"], labels[given["scheduleLabel"]])
    items = call("GET", runs + "?labelSelector=" + urllib.parse.quote(selector))["items"]
    at_work = [each["metadata"]["name"] for each in items if not ended(each)]
    if at_work and given["concurrencyPolicy"] == "Forbid":
        print("%s is still at work: %s is left out" % (", ".join(at_work), name))
        return
    if given["concurrencyPolicy"] == "Replace":
        for each in at_work:
            print("%s makes place for %s" % (each, name))
            call("DELETE", runs + "/" + each)
    kept = given.get("keptRuns")
    if kept is not None:
        old = sorted((each["metadata"]["creationTimestamp"], each["metadata"]["name"]) for each in items if ended(each))
        for _, each in old[: max(0, len(old) - kept)]:
            print("%s has ended and is removed" % each)
            call("DELETE", runs + "/" + each)

    made = call("POST", runs, run)
    if group:
        make_group(group, made)
    print("%s is made" % name)


try:
    main()
except Refused as refusal:
    print(refusal, file=sys.stderr)
    sys.exit(CANNOT_HELP)
