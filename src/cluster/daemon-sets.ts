/** CPU and memory of a node; undefined where it is not known. */
export interface NodeAmounts {
  readonly cpuMillis?: number;
  readonly memoryMib?: number;
}

// Network, storage, log, metrics and GPU agents run on every GPU node, and ask for hardly less on a small one. Judged
// generously: a tenth of the node, but at least and at most so much, and never more than half.
const DAEMON_SETS_FRACTION = 0.1;
const DAEMON_SETS_CPU_MILLIS = { least: 1000, most: 2000 };
const DAEMON_SETS_MEMORY_MIB = { least: 2 * 1024, most: 16 * 1024 };

/** What pods can have of a node beside its DaemonSets. */
export function besideDaemonSets(cpuMillis?: number, memoryMib?: number): NodeAmounts {
  return {
    cpuMillis: without(cpuMillis, DAEMON_SETS_CPU_MILLIS),
    memoryMib: without(memoryMib, DAEMON_SETS_MEMORY_MIB),
  };
}

function without(amount: number | undefined, { least, most }: { least: number; most: number }): number | undefined {
  if (amount === undefined) return undefined;
  const taken = Math.min(Math.max(amount * DAEMON_SETS_FRACTION, least), most, amount / 2);
  return Math.floor(amount - taken);
}
