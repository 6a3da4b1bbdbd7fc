import type { Affinity, EnvVar } from '../../../imports/k8s';
import { HOSTNAME_LABEL } from '../../kinds/node-labels';
import { fieldVariable } from '../../render/environment';
import { memberLabels } from '../training-pod';
import type { ElasticSettings } from '../frameworks/elastic';
import type { GangPlan } from './gang';
import { GangRole } from '../gang-role';

/** Port of the first process, where the others meet it: torchrun's own default. */
export const RENDEZVOUS_PORT = 29500;

/** Where a pod finds its own number and the first pod. */
export interface Meeting {
  /** Field that holds the number of the pod in its gang; none where only a variable of the operator does. */
  readonly rankField?: string;
  /** Address of the first pod; composed from `$(RUN)`, so that no pod template knows the name of its job. */
  readonly address: string;
  readonly port: number;
}

/** Variables by which the processes of a gang find each other. `sizes` are left out where an operator sets them. */
export function rendezvousVariables(plan: GangPlan, meeting: Meeting, sizes: boolean): EnvVar[] {
  const [{ replicas, processesPerReplica }] = plan.roles;
  if (plan.framework.name === 'jax') return jaxVariables(replicas, meeting);
  if (plan.framework.name === 'xgboost') return xgboostVariables(plan, meeting);
  if (plan.elastic !== undefined) return elasticRendezvous(plan, plan.elastic, meeting, sizes);
  const torch = plan.framework.name === 'pytorch' || plan.framework.name === 'deepspeed';
  const name = (pytorch: string, plain: string): string => (torch ? pytorch : plain);
  return [
    ...(sizes ? [{ name: name('PET_NNODES', 'NUM_NODES'), value: String(replicas) }] : []),
    ...(sizes ? [{ name: name('PET_NPROC_PER_NODE', 'NUM_PROC_PER_NODE'), value: String(processesPerReplica) }] : []),
    ...rankVariable(name('PET_NODE_RANK', 'NODE_RANK'), meeting),
    { name: name('PET_MASTER_ADDR', 'MASTER_ADDR'), value: meeting.address },
    { name: name('PET_MASTER_PORT', 'MASTER_PORT'), value: String(meeting.port) },
  ];
}

/** What tells the nodes of a gang from its other pods. */
export interface NodeMark {
  readonly role: GangRole;
  /** Labels that an operator sets on the nodes alone. */
  readonly nodeLabels: { readonly [label: string]: string };
}

/**
 * The names of Kubeflow Trainer. One process per pod.
 *
 * @see https://docs.jax.dev/en/latest/multi_process.html
 */
function jaxVariables(processes: number, meeting: Meeting): EnvVar[] {
  return [
    { name: 'JAX_NUM_PROCESSES', value: String(processes) },
    ...rankVariable('JAX_PROCESS_ID', meeting),
    { name: 'JAX_COORDINATOR_ADDRESS', value: `${meeting.address}:${meeting.port}` },
  ];
}

/**
 * What our script that starts the workers needs; the names are those of Kubeflow Trainer.
 *
 * @see https://xgboost.readthedocs.io/en/stable/python/python_api.html#module-xgboost.collective
 */
function xgboostVariables({ startSeconds, roles }: GangPlan, meeting: Meeting): EnvVar[] {
  const [{ replicas, processesPerReplica }] = roles;
  return [
    ...rankVariable('NODE_RANK', meeting),
    { name: 'NUM_PROC_PER_NODE', value: String(processesPerReplica) },
    { name: 'DMLC_TRACKER_URI', value: meeting.address },
    { name: 'DMLC_TRACKER_PORT', value: String(meeting.port) },
    { name: 'DMLC_NUM_WORKER', value: String(replicas * processesPerReplica) },
    { name: 'XGBOOST_START_TIMEOUT', value: String(startSeconds) },
  ];
}

/**
 * `torchrun` with a rendezvous on the first node instead of fixed ranks. The number of the node is for our script.
 *
 * @see https://docs.pytorch.org/docs/stable/elastic/run.html
 */
function elasticRendezvous(plan: GangPlan, elastic: ElasticSettings, meeting: Meeting, ours: boolean): EnvVar[] {
  const [{ replicas, processesPerReplica }] = plan.roles;
  const rank = rankVariable('NODE_RANK', meeting);
  if (!ours) return rank;
  const conf = Object.entries(rendezvousConf(elastic)).map(([key, value]) => `${key}=${value}`);
  return [
    ...rank,
    { name: 'PET_NNODES', value: `${elastic.minNodes}:${replicas}` },
    { name: 'PET_NPROC_PER_NODE', value: String(processesPerReplica) },
    { name: 'PET_RDZV_BACKEND', value: RENDEZVOUS_BACKEND },
    { name: 'PET_RDZV_ENDPOINT', value: `${meeting.address}:${meeting.port}` },
    { name: 'PET_RDZV_ID', value: '$(RUN)' },
    { name: 'PET_RDZV_CONF', value: conf.join(',') },
    { name: 'PET_MAX_RESTARTS', value: String(elastic.maxRestarts) },
  ];
}

/** The rendezvous that needs nothing beside the nodes. */
export const RENDEZVOUS_BACKEND = 'c10d';

/** How the nodes of an elastic gang meet. */
export function rendezvousConf({ startSeconds }: ElasticSettings): { readonly [key: string]: string } {
  return { join_timeout: String(startSeconds) };
}

function rankVariable(name: string, { rankField }: Meeting): EnvVar[] {
  return rankField === undefined ? [] : [fieldVariable(name, rankField)];
}

/**
 * Each node of the gang on a machine of its own, all pods near each other: near the nodes, whose place a pod without GPUs must not choose.
 *
 * `matchLabelKeys` takes the name of the job from the pod's own label, so that two runs do not push each other away and no
 * template knows its name.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#matchlabelkeys
 */
export function gangAffinity(
  plan: GangPlan,
  jobLabel: string,
  { role, nodeLabels }: NodeMark = { role: GangRole.NODE, nodeLabels: {} },
): Pick<Affinity, 'podAffinity' | 'podAntiAffinity'> | undefined {
  const { together, near, isByKueue } = plan.place;
  const term = (topologyKey: string) => ({
    topologyKey,
    labelSelector: { matchLabels: { ...memberLabels(plan.baseName), ...nodeLabels } },
    matchLabelKeys: [jobLabel],
  });
  const podAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: together === undefined ? undefined : [term(together)],
    preferredDuringSchedulingIgnoredDuringExecution:
      near === undefined ? undefined : [{ weight: MOST_WEIGHT, podAffinityTerm: term(near) }],
  };
  const hasAffinity = together !== undefined || near !== undefined;
  const isApart = !isByKueue && role === GangRole.NODE;
  if (!hasAffinity && !isApart) return undefined;
  return {
    podAffinity: hasAffinity ? podAffinity : undefined,
    podAntiAffinity: isApart ? { requiredDuringSchedulingIgnoredDuringExecution: [term(HOSTNAME_LABEL)] } : undefined,
  };
}

/** A wish before all others of the scheduler. */
const MOST_WEIGHT = 100;
