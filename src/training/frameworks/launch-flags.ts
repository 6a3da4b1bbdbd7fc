import type { Problem } from '../../core/diagnostics';
import { CONTRADICTING_FLAG } from '../diagnostics';
import type { DistributedRunProps } from '../gang-props';
import { processesPerNode } from './processes';

/** A flag of torchrun in a command, and the value that it has; empty for one that has none. */
interface Flag {
  readonly name: string;
  readonly value: string;
}

/**
 * Flags of torchrun that contradict the run, which `torchrun` obeys before the variables.
 *
 * @see https://docs.pytorch.org/docs/stable/elastic/run.html
 */
export function launchFlagProblems(props: DistributedRunProps): Problem[] {
  const { framework, command = [], args = [], numNodes, elastic } = props;
  if (framework.name !== 'pytorch' && framework.name !== 'deepspeed') return [];
  const processes = processesPerNode(props);
  const nodes = elastic ? `${elastic.minNodes}:${numNodes}` : String(numNodes);
  return torchrunFlags([...command, ...args]).flatMap((flag) => {
    const right = rightValue(flag, nodes, processes, props);
    if (right === undefined || right === flag.value || flag.value.includes('$')) return [];
    return [contradiction(flag, right)];
  });
}

/** In place of a value: the flag must not be there. */
const NEVER = Symbol('never');

/** What a flag must say; undefined when nothing is known of it. */
function rightValue(
  { name, value }: Flag,
  nodes: string,
  processes: number,
  { gpuPerNode, numNodes }: DistributedRunProps,
): string | typeof NEVER | undefined {
  if (name === 'nnodes') return nodes;
  if (name === 'nproc-per-node') {
    const isDevices = (value === 'gpu' || value === 'auto') && gpuPerNode?.count === processes;
    return isDevices ? value : String(processes);
  }
  return numNodes > 1 && (name === 'node-rank' || name === 'standalone') ? NEVER : undefined;
}

function contradiction({ name, value }: Flag, right: string | typeof NEVER): Problem {
  const flag = `--${name}${value === '' ? '' : `=${value}`}`;
  const run = typeof right === 'string' ? `this run has ${right}` : 'every node has the same command';
  return {
    rule: CONTRADICTING_FLAG,
    property: 'command',
    value: flag,
    message: `command gives torchrun ${flag}, and ${run}.`,
    fix: `Leave --${name} out: torchrun reads it from the variables of the run.`,
  };
}

/** The flags between torchrun and the program that it starts, wherever torchrun stands in a command. */
function torchrunFlags(command: readonly string[]): Flag[] {
  const words = command.flatMap((part) => part.split(/\s+/)).map((word) => word.replace(/['"]/g, ''));
  const start = words.findIndex((word) => /(^|\/)torchrun$|^torch\.distributed\.(run|launch)$/.test(word));
  if (start < 0) return [];
  const rest = words.slice(start + 1);
  const end = rest.findIndex((word) => /\.py$|^-m$|^--module$|^--no[-_]python$/.test(word));
  const flags = end < 0 ? rest : rest.slice(0, end);
  return flags.flatMap((word, index) => {
    const [, given, joined] = /^--([a-z][a-z_-]*)(?:=(.*))?$/.exec(word) ?? [];
    if (given === undefined) return [];
    const name = given.replaceAll('_', '-');
    const following = flags.at(index + 1) ?? '';
    const value = joined ?? (name === 'standalone' || following.startsWith('-') ? '' : following);
    return [{ name, value }];
  });
}
