import type { Problem } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { didYouMean } from '../core/nearest';
import { OUT_OF_RANGE } from '../core/rules';
import { atLeast, KubernetesVersion } from '../kinds/version';
import { BAD_PROFILE, UNKNOWN_BACKEND, UNKNOWN_POOL } from './diagnostics';
import { poolProblems, sameNodesProblems } from './pool-checks';
import type { ClusterProfileProps } from './profile-props';
import type { PriorityClassSpec, QueueSpec } from './scheduling-specs';
import { GangScheduler, TrainingBackend } from './settings';
import { componentOf } from './backend-components';

/** The properties of which no problem is known, so that relations between them can be looked at. */
export function soundParts<T extends object>(props: T, problems: readonly Problem[]): Partial<T> {
  const unsound = new Set(problems.map(({ property = '' }) => property.split(/[.[]/, 1)[0]));
  const sound = (Object.keys(props) as (keyof T & string)[]).filter((key) => !unsound.has(key));
  return Object.fromEntries(sound.map((key) => [key, props[key]])) as Partial<T>;
}

/**
 * What contradicts itself in a profile, as far as its parts have the right shapes.
 *
 * `given` is the whole of it, right or wrong: a queue may well name a pool of which something else is wrong.
 */
export function profileProblems(sound: Partial<ClusterProfileProps>, given: object): Problem[] {
  const { pools, queues, priorityClasses, storageClasses } = sound;
  const whole = given as { readonly [part in keyof ClusterProfileProps]?: unknown };
  const poolNames = namesOf(whole.pools);
  return [
    ...sameItemProblems('components', sound.components),
    ...sameItemProblems('kueueFrameworks', sound.kueueFrameworks),
    ...backendProblems(sound.trainingBackend, whole.components ?? []),
    ...gangSchedulerProblems(sound, whole.kubernetes),
    ...Object.entries(pools ?? {}).flatMap(([name, pool]) => poolProblems(`pools.${name}`, pool)),
    ...sameNodesProblems(pools ?? {}),
    ...(queues ?? []).flatMap((queue, i) => queueProblems(`queues[${i}]`, queue, poolNames)),
    ...sameQueueProblems(queues ?? []),
    ...(priorityClasses ?? []).flatMap((priority, i) => priorityProblems(`priorityClasses[${i}]`, priority)),
    ...sameNameProblems('priorityClasses', priorityClasses),
    ...(storageClasses ?? []).flatMap((one, i) =>
      sameItemProblems(`storageClasses[${i}].accessModes`, one.accessModes),
    ),
    ...sameNameProblems('storageClasses', storageClasses),
  ];
}

/** Names of the pools; undefined when there is no telling. */
function namesOf(pools: unknown): string[] | undefined {
  if (pools === undefined) return [];
  return typeof pools === 'object' && pools !== null && !Array.isArray(pools) ? Object.keys(pools) : undefined;
}

/** Values that stood before; `place` says where each stands. */
function repeatedProblems(values: readonly string[], place: (index: number) => string, what: string): Problem[] {
  const known = new Set<string>();
  return values.flatMap((value, i) => {
    if (known.has(value)) return [contradiction(place(i), value, what)];
    known.add(value);
    return [];
  });
}

function sameItemProblems(property: string, values: readonly string[] = []): Problem[] {
  return repeatedProblems(values, (i) => `${property}[${i}]`, 'stands in the list twice');
}

function sameNameProblems(property: string, specs: readonly { readonly name: string }[] = []): Problem[] {
  const names = specs.map(({ name }) => name);
  return repeatedProblems(names, (i) => `${property}[${i}].name`, 'is the name of two entries');
}

function contradiction(property: string, value: string, what: string): Problem {
  const message = `${property}: ${show(value)} ${what}.`;
  return { rule: BAD_PROFILE, property, value: show(value), message, fix: 'Keep one of them.' };
}

function backendProblems(backend: TrainingBackend | undefined, components: unknown): Problem[] {
  const needed = backend && componentOf(backend);
  if (needed === undefined || !Array.isArray(components) || components.includes(needed)) return [];
  const message = `trainingBackend is ${backend}, and components has no ${needed}.`;
  const fix = `Add '${needed}' to components, or set trainingBackend to '${TrainingBackend.INDEXED_JOB}'.`;
  return [{ rule: UNKNOWN_BACKEND, property: 'trainingBackend', value: backend, message, fix }];
}

/** Versions whose scheduler knows groups, each by an API of its own. */
const LEAST_WORKLOAD_API = KubernetesVersion.V1_35;

function gangSchedulerProblems({ gangScheduler, kubernetes }: Partial<ClusterProfileProps>, given: unknown): Problem[] {
  if (!gangScheduler) return [];
  const { scheduler, queue } = gangScheduler;
  const problems: Problem[] = [];
  if (queue !== undefined && scheduler !== GangScheduler.KAI) {
    const message = `gangScheduler.queue is ${queue}, and ${scheduler} does not read it.`;
    const fix = `Leave it out, or set scheduler to '${GangScheduler.KAI}'.`;
    problems.push({ rule: BAD_PROFILE, property: 'gangScheduler.queue', value: queue, message, fix });
  }
  const version = kubernetes ?? (given === undefined ? KubernetesVersion.V1_33 : undefined);
  if (scheduler === GangScheduler.WORKLOAD_API && version && !atLeast(version, LEAST_WORKLOAD_API)) {
    const message = `gangScheduler.scheduler is ${scheduler}, and Kubernetes ${version} has no groups of pods.`;
    const fix = `Set kubernetes to '${LEAST_WORKLOAD_API}' or newer, when the cluster has it, or take another scheduler.`;
    problems.push({ rule: BAD_PROFILE, property: 'gangScheduler.scheduler', value: scheduler, message, fix });
  }
  return problems;
}

function queueProblems(property: string, queue: QueueSpec, known: readonly string[] | undefined): Problem[] {
  const unknown = (queue.pools ?? []).flatMap((name, i): Problem[] => {
    if (known === undefined || known.includes(name)) return [];
    const message = `${property}.pools[${i}]: the profile has no pool ${name}${didYouMean(name, known)}.`;
    const fix = known.length === 0 ? 'Add it to pools.' : `Add it to pools, or take one of ${known.join(', ')}.`;
    return [{ rule: UNKNOWN_POOL, property: `${property}.pools[${i}]`, value: name, message, fix }];
  });
  return [
    ...unknown,
    ...sameItemProblems(`${property}.pools`, queue.pools),
    ...sameItemProblems(`${property}.namespaces`, queue.namespaces),
    ...sameItemProblems(`${property}.topology`, queue.topology),
    ...sameItemProblems(`${property}.coveredResources`, queue.coveredResources),
  ];
}

/** A LocalQueue lives in a namespace: entries of one name are two only where their namespaces meet. */
function sameQueueProblems(queues: readonly QueueSpec[]): Problem[] {
  const known = new Map<string, Set<string>>();
  const everywhere = '*';
  return queues.flatMap(({ name, namespaces = [everywhere] }, i) => {
    const taken = known.get(name) ?? new Set<string>();
    known.set(name, taken);
    const meets = (namespace: string): boolean =>
      taken.has(everywhere) || taken.has(namespace) || (namespace === everywhere && taken.size > 0);
    const met = namespaces.find(meets);
    namespaces.forEach((namespace) => taken.add(namespace));
    if (met === undefined) return [];
    const where = met === everywhere ? 'in every namespace' : `in namespace ${met}`;
    return [contradiction(`queues[${i}].name`, name, `is the name of two entries that hold ${where}`)];
  });
}

const HIGHEST_USER_PRIORITY = 1000000000;

/** https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/ */
const SYSTEM_PRIORITIES: ReadonlyMap<string, number> = new Map([
  ['system-cluster-critical', 2000000000],
  ['system-node-critical', 2000001000],
]);

function priorityProblems(property: string, { name, value }: PriorityClassSpec): Problem[] {
  const systemValue = SYSTEM_PRIORITIES.get(name);
  if (systemValue !== undefined) {
    if (value === systemValue) return [];
    const message = `${property}.value is ${value}, and Kubernetes gives ${name} ${systemValue}.`;
    const fix = `Set it to ${systemValue}, or leave the class out: every cluster has it.`;
    return [{ rule: BAD_PROFILE, property: `${property}.value`, value: String(value), message, fix }];
  }
  const problems: Problem[] = [];
  if (name.startsWith('system-')) {
    const message = `${property}.name is ${name}, and Kubernetes keeps names with 'system-' to itself.`;
    problems.push({ rule: BAD_PROFILE, property: `${property}.name`, value: name, message, fix: 'Rename the class.' });
  }
  if (value > HIGHEST_USER_PRIORITY) {
    const message = `${property}.value is ${value}, and ${HIGHEST_USER_PRIORITY} is the greatest that users may define.`;
    const fix = `Give at most ${HIGHEST_USER_PRIORITY}.`;
    problems.push({ rule: OUT_OF_RANGE, property: `${property}.value`, value: String(value), message, fix });
  }
  return problems;
}
