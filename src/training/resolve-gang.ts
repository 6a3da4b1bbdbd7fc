import type { IConstruct } from 'constructs';
import { ClusterProfile } from '../cluster/profile';
import { Provider, TrainingBackend } from '../cluster/settings';
import type { Problem } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { NAME_TOO_LONG } from '../kinds/diagnostics';
import type { Manifest } from '../render/api-object';
import type { KnownBackend } from './backends/backends';
import { backendOf } from './backends/backends';
import type { Gang, GangPlan } from './backends/gang';
import { BACKEND_MISSING, PROCESSES, QUEUE_IGNORED } from './diagnostics';
import type { DistributedRunProps } from './gang-props';
import type { RunBounds } from './run-bounds';
import { trainingProblems } from './training-checks';
import type { TrainingPod } from './training-pod';
import { trainingPod } from './training-pod';

/** Names and bounds of the run that a gang belongs to. */
export interface GangIdentity {
  readonly baseName: string;
  readonly metadata: Manifest['metadata'];
  readonly podLabels: { readonly [label: string]: string };
  readonly run: RunBounds;
}

/** A gang with its backend, and the check of everything in it. */
export interface ResolvedGang {
  readonly gang: Gang;
  readonly backend: KnownBackend;
  readonly problems: () => Problem[];
}

/** Resolves a distributed run for the backend that will run it. */
export function resolveGang(scope: IConstruct, props: DistributedRunProps, identity: GangIdentity): ResolvedGang {
  const profile = ClusterProfile.of(scope);
  const backend = backendOf(props.backend ?? profile.trainingBackend);
  const plan: GangPlan = {
    baseName: identity.baseName,
    framework: props.framework,
    numNodes: props.numNodes,
    numProcPerNode: props.numProcPerNode ?? props.gpuPerNode.count,
    zones: profile.provider !== Provider.ON_PREMISES,
  };
  const { injectedEnv, ...podOptions } = backend.strategy.podOptions(plan);
  const trained = trainingPod(scope, props, {
    ...podOptions,
    name: identity.baseName,
    gpu: props.gpuPerNode,
    nodes: props.numNodes,
    labels: identity.podLabels,
  });
  const gang: Gang = {
    baseName: identity.baseName,
    metadata: identity.metadata,
    roles: [{ name: 'node', replicas: plan.numNodes, processesPerReplica: plan.numProcPerNode, pod: trained.pod }],
    run: identity.run,
    framework: props.framework,
    kubernetes: profile.kubernetes,
  };
  return { gang, backend, problems: () => gangProblems(scope, props, plan, gang, backend, trained, injectedEnv) };
}

function gangProblems(
  scope: IConstruct,
  props: DistributedRunProps,
  plan: GangPlan,
  gang: Gang,
  backend: KnownBackend,
  trained: TrainingPod,
  injectedEnv: readonly string[],
): Problem[] {
  return [
    ...trainingProblems(scope, props, trained, plan.numNodes, injectedEnv),
    ...processProblems(plan, props.gpuPerNode.count),
    ...backend.strategy.supports(gang),
    ...installationProblems(scope, props, backend),
    ...nameProblems(gang, plan, backend),
  ];
}

function processProblems({ numProcPerNode }: GangPlan, gpus: number): Problem[] {
  if (gpus % numProcPerNode === 0) return [];
  const message = `numProcPerNode is ${numProcPerNode}, and a pod has ${gpus} GPUs.`;
  return [
    {
      rule: PROCESSES,
      property: 'numProcPerNode',
      value: String(numProcPerNode),
      message,
      fix: `Leave it out, or give a divisor of ${gpus}.`,
    },
  ];
}

function installationProblems(
  scope: IConstruct,
  props: DistributedRunProps,
  { strategy, component, kueueFramework }: KnownBackend,
): Problem[] {
  const profile = ClusterProfile.of(scope);
  const problems: Problem[] = [];
  if (component !== undefined && !profile.components.includes(component)) {
    const message = `the backend is ${strategy.kind}, and ${profile.isKnown ? `the profile ${profile.name} has no ${component}` : 'no profile is attached that has ' + component}.`;
    const fix = `Set backend to TrainingBackend.INDEXED_JOB ('${TrainingBackend.INDEXED_JOB}'), or add the component to the profile.`;
    problems.push({ rule: BACKEND_MISSING, property: 'backend', value: strategy.kind, message, fix });
  }
  if (props.queue && profile.isKnown && !profile.kueueFrameworks.includes(kueueFramework)) {
    const message = `queue is ${props.queue.queueName}, and Kueue of the profile ${profile.name} does not manage ${kueueFramework}.`;
    const fix =
      'Set backend to TrainingBackend.INDEXED_JOB, or add the kind to Kueue and to kueueFrameworks of the profile.';
    problems.push({ rule: QUEUE_IGNORED, property: 'queue', value: props.queue.queueName, message, fix });
  }
  return problems;
}

const LONGEST_HOST_NAME = 63;

function nameProblems({ metadata }: Gang, plan: GangPlan, { strategy }: KnownBackend): Problem[] {
  const derived = strategy.longestDerivedName(metadata.name, plan);
  if (derived.length <= LONGEST_HOST_NAME) return [];
  const message = `the last pod would be called ${show(derived)}, which has ${derived.length} characters, and ${LONGEST_HOST_NAME} is the limit.`;
  const excess = derived.length - LONGEST_HOST_NAME;
  return [
    {
      rule: NAME_TOO_LONG,
      property: 'name',
      value: show(metadata.name),
      message,
      fix: `Shorten name or run by ${excess} characters.`,
    },
  ];
}
