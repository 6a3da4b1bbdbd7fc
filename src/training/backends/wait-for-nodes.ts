// Where the operator lists the nodes, one a line: `host slots=8`, or `host:8`.
const HOST_FILE = '/etc/mpi/hostfile';
const OVER_SSH = 'ssh -n -o BatchMode=yes -o ConnectTimeout=10 "$host" true';

/**
 * A command that waits until every node of an MPI run answers, then runs the command that follows it.
 *
 * `mpirun` gives up at the first host name that is not known yet, and nodes on new machines take minutes to start. The deadline of the run bounds
 * the wait.
 */
export const WAIT_FOR_NODES: readonly string[] = ['sh', '-c', waitScript(HOST_FILE), 'wait-for-nodes'];

/** The same where the operator gives a script that runs a command on a node by `kubectl exec`. */
export const WAIT_FOR_EXEC: readonly string[] = [
  'sh',
  '-c',
  waitScript(HOST_FILE, '/etc/mpi/kubexec.sh "$host" true < /dev/null'),
  'wait-for-nodes',
];

/** The script, with another file of hosts and another way to ask a node. */
export function waitScript(hostFile: string, ask = OVER_SSH): string {
  return [
    'while read -r line; do',
    '  host="${line%%[ :]*}"',
    `  until ${ask}; do sleep 2; done`,
    `done < ${hostFile}`,
    'exec "$@"',
    '',
  ].join('\n');
}
