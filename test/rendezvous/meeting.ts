import type { Manifest } from '../cluster/ring/api/manifest';
import { environmentOf, type Pod } from '../cluster/ring/nodes/pods';
import { mayReach, resolves } from './network';

/** What the pods of a gang find in their namespace. */
export interface Surroundings {
  readonly services: Manifest[];
  readonly policies: Manifest[];
}

/** Where a pod of a gang believes to be, by its variables. */
interface Place {
  readonly rank: number;
  /** Nodes of the gang: `4`, or `2:4` of an elastic one. */
  readonly nodes: string;
  /** Where the first node is: host:port. */
  readonly meeting: string;
}

type Environment = { readonly [name: string]: string };

/** How each framework is told, the first that fits: an elastic run of PyTorch has the variables of none of the others. */
const PLACES: readonly ((env: Environment) => Place | undefined)[] = [
  (env) => placeOf(env.NODE_RANK, env.PET_NNODES, env.PET_RDZV_ENDPOINT),
  (env) => placeOf(env.PET_NODE_RANK, env.PET_NNODES, join(env.PET_MASTER_ADDR, env.PET_MASTER_PORT)),
  (env) => placeOf(env.JAX_PROCESS_ID, env.JAX_NUM_PROCESSES, env.JAX_COORDINATOR_ADDRESS),
  (env) => {
    const nodes = Number(env.DMLC_NUM_WORKER) / Number(env.NUM_PROC_PER_NODE);
    const tracker = join(env.DMLC_TRACKER_URI, env.DMLC_TRACKER_PORT);
    return placeOf(env.NODE_RANK ?? env.RANK, Number.isNaN(nodes) ? undefined : String(nodes), tracker);
  },
  (env) => placeOf(env.NODE_RANK, env.NUM_NODES, join(env.MASTER_ADDR, env.MASTER_PORT)),
];

function placeOf(rank?: string, nodes?: string, meeting?: string): Place | undefined {
  if (rank === undefined || nodes === undefined || meeting === undefined) return undefined;
  return { rank: rank === '' ? Number.NaN : Number(rank), nodes, meeting };
}

function join(host?: string, port?: string): string | undefined {
  return host === undefined || port === undefined ? undefined : `${host}:${port}`;
}

/** A pod that has to reach another at an address. */
export interface Call {
  readonly from: Pod;
  readonly to: Pod;
  /** host:port, as `from` knows it. */
  readonly address: string;
}

/**
 * What keeps the pods of a gang from meeting, in words; empty when nothing does.
 *
 * Every pod must have a rank of its own, and the ranks be complete; all must agree on the sizes and on the address of the first, which
 * must lead to it and nobody else, before it is ready if it ever waits for that; and policies must let them through.
 */
export function meetingProblems(pods: Pod[], surroundings: Surroundings): string[] {
  const places = pods.map((pod) => ({ pod, place: PLACES.map((read) => read(environmentOf(pod))).find(Boolean) }));
  const lost = places.flatMap(({ pod, place }) => (place ? [] : [`${nameOf(pod)} is told no place in the gang`]));
  const known = places.flatMap(({ pod, place }) => (place ? [{ pod, ...place }] : []));
  const agreed = (['nodes', 'meeting'] as const).flatMap((what) => {
    const told = [...new Set(known.map((place) => place[what]))];
    return told.length > 1 ? [`pods are told different ${what}: ${told.join(', ')}`] : [];
  });
  const first = known.find(({ rank }) => rank === 0);
  if (lost.length > 0 || first === undefined) return [...lost, ...rankProblems(known), ...agreed];
  const calls = known.map(({ pod, meeting }) => ({ from: pod, to: first.pod, address: meeting }));
  return [...rankProblems(known), ...sizeProblems(known), ...agreed, ...callProblems(calls, pods, surroundings)];
}

function rankProblems(places: readonly Place[]): string[] {
  const ranks = places.map(({ rank }) => rank).sort((one, other) => one - other);
  return ranks.every((rank, index) => rank === index) ? [] : [`ranks are ${ranks.join(', ')}`];
}

function sizeProblems(places: readonly Place[]): string[] {
  const [least, most = least] = places[0].nodes.split(':').map(Number);
  const count = places.length;
  return least <= count && count <= most ? [] : [`${count} pods are there, and they are told of ${places[0].nodes}`];
}

/** What keeps pods from reaching each other; `pods` are all of the namespace that count. */
export function callProblems(calls: readonly Call[], pods: Pod[], { services, policies }: Surroundings): string[] {
  const problems = calls.flatMap(({ from, to, address }) => {
    const [, host, port] = /^(.+):(\d+)$/.exec(address) ?? ['', address, ''];
    if (port === '') return [`${address} has no port`];
    const found = resolves(host, to, pods, services);
    const passes = from === to || mayReach(from, to, Number(port), policies);
    return [
      ...(found === undefined ? [] : [`${address} does not lead to ${nameOf(to)}: ${found}`]),
      ...(passes ? [] : [`a policy keeps ${nameOf(from)} from ${nameOf(to)} at ${port}`]),
    ];
  });
  return [...new Set(problems)];
}

/** What keeps the workers of a TensorFlow gang from each other: every pod knows the addresses of all. */
export function tfConfigProblems(pods: Pod[], surroundings: Surroundings): string[] {
  const told = pods.map((pod) => ({ pod, config: readTfConfig(environmentOf(pod).TF_CONFIG) }));
  const members = new Map(told.map(({ pod, config }) => [`${config.task.type} ${config.task.index}`, pod]));
  if (members.size < pods.length)
    return [`pods have the same task: ${told.map(({ config }) => config.task.index).join(', ')}`];
  const addresses = new Set(told.map(({ config }) => JSON.stringify(config.cluster)));
  // An evaluator is no member of the cluster that it evaluates.
  const listed = Object.entries(told[0].config.cluster).flatMap(([type, hosts]) =>
    hosts.map((address, index) => ({ address, task: `${type} ${index}` })),
  );
  const missing = listed.filter(({ task }) => !members.has(task)).map(({ task }) => `no pod is ${task}`);
  const calls = listed.flatMap(({ address, task }) => {
    const to = members.get(task);
    return to ? pods.map((from) => ({ from, to, address })) : [];
  });
  return [
    ...(addresses.size > 1 ? ['pods are told different clusters'] : []),
    ...missing,
    ...callProblems(calls, pods, surroundings),
  ];
}

interface TfConfig {
  readonly cluster: { readonly [type: string]: string[] };
  readonly task: { readonly type: string; readonly index: number };
}

function readTfConfig(text: string): TfConfig {
  return JSON.parse(text) as TfConfig;
}

function nameOf(pod: Pod): string {
  return pod.metadata.name ?? '';
}
