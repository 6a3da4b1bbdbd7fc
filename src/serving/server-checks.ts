import type { IConstruct } from 'constructs';
import { clusterProblems } from '../cluster/lookups';
import { ClusterProfile } from '../cluster/profile';
import { AccessMode, Stage } from '../cluster/settings';
import { UNKNOWN_RESOURCES } from '../compute/diagnostics';
import { secondsOf } from '../core/amounts';
import type { Problem, Rule } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { BAD_QUANTITY, LABEL } from '../kinds/diagnostics';
import { COMPONENT_LABEL } from '../kinds/labels';
import { cpuQuantity } from '../kinds/quantity';
import { podProblems } from '../render/pod-checks';
import { ONE_NODE_CLAIM, ONE_POD_CLAIM } from '../storage/diagnostics';
import { capacityProblems } from './capacity-checks';
import {
  CPU_SERVER_ON_GPUS,
  FLOATING_REVISION,
  PORT_CONFLICT,
  ROLLOUT_OUTAGE,
  SHORT_STARTUP,
  SURGE_ON_ONE_NODE_CLAIM,
} from './diagnostics';
import { drainProblems } from './drain-checks';
import type { ModelServerProps } from './model-server-props';
import { isCommit } from './model-source';
import { budgetSeconds } from './probes';
import type { ResolvedServer } from './resolve-server';
import { SERVER } from './resolve-server';
import { scalingProblems } from './scaling-checks';

/** Everything that a server can get wrong beyond the shapes of its props. */
export function serverProblems(scope: IConstruct, props: ModelServerProps, server: ResolvedServer): Problem[] {
  const profile = ClusterProfile.of(scope);
  return [
    ...podProblems(server.podProps, server.pod, server.ownEnv, profile.stage),
    ...server.placement.problems,
    ...clusterProblems(scope, { priorityClassName: props.priorityClassName }),
    ...server.engine.problems(server.served),
    ...modelProblems(profile, props),
    ...resourceProblems(props, server),
    ...startupProblems(props, server),
    ...drainProblems(profile, props, server),
    ...scalingProblems(profile, props, server),
    ...capacityProblems(props, server),
    ...rolloutProblems(props, server),
    ...claimProblems(props, server),
    ...portProblems(props, server),
    ...labelProblems(props),
  ];
}

function found(rule: Rule, property: string, message: string, fix: string, value?: string): Problem[] {
  return [{ rule, property, value, message, fix }];
}

function modelProblems({ stage, name }: ClusterProfile, { model }: ModelServerProps): Problem[] {
  const location = model?._location;
  if (stage !== Stage.PRODUCTION || location?.type !== 'hub' || isCommit(location.options.revision)) return [];
  const { revision } = location.options;
  const what = revision === undefined ? 'not set' : `${show(revision)}, which may move`;
  const message = `the revision of ${location.modelId} is ${what}, and the profile ${name} is for production.`;
  return found(FLOATING_REVISION, 'model', message, 'Set revision to the commit, 40 hexadecimal digits.', revision);
}

function resourceProblems(props: ModelServerProps, { pod }: ResolvedServer): Problem[] {
  const { gpu, pool, cpu, memory, tolerations = [] } = props;
  const problems: Problem[] = [];
  const { cpuMillis, cpuLimitMillis } = pod.main;
  if (cpuMillis !== undefined && cpuLimitMillis !== undefined && cpuLimitMillis < cpuMillis) {
    const message = `cpuLimit is ${cpuQuantity(cpuLimitMillis)}, and cpu is ${cpuQuantity(cpuMillis)}.`;
    problems.push(...found(BAD_QUANTITY, 'cpuLimit', message, 'Raise cpuLimit, or leave it out.'));
  }
  if (gpu) return problems; // what a GPU pod lacks, its placement says
  for (const property of [...(cpu ? [] : ['cpu']), ...(memory ? [] : ['memory'])]) {
    const message = `${property} is not set, and a server on CPUs has no share of a GPU node to derive it from.`;
    problems.push(...found(UNKNOWN_RESOURCES, property, message, `Set ${property}.`));
  }
  if (pool) {
    const message = `pool is ${pool.poolName} but gpu is not set.`;
    problems.push(...found(CPU_SERVER_ON_GPUS, 'pool', message, 'Set gpu, or leave pool out.', pool.poolName));
  }
  const taint = tolerations.find(({ key }) => key.endsWith('/gpu'))?.key;
  if (taint !== undefined) {
    const message = `tolerations contains ${taint} but gpu is not set.`;
    problems.push(...found(CPU_SERVER_ON_GPUS, 'tolerations', message, 'Set gpu, or remove the toleration.', taint));
  }
  return problems;
}

function startupProblems({ loadTime }: ModelServerProps, { probes }: ResolvedServer): Problem[] {
  const budget = budgetSeconds(probes.startupProbe);
  if (loadTime === undefined || budget >= secondsOf(loadTime)) return [];
  const { periodSeconds, failureThreshold } = probes.startupProbe;
  const message = `startupProbe gives up after ${budget} s (${failureThreshold} times ${periodSeconds} s), and loadTime is ${secondsOf(loadTime)} s.`;
  return found(SHORT_STARTUP, 'startupProbe', message, 'Leave failureThreshold out, or raise it.', `${budget}`);
}

function rolloutProblems({ rollout }: ModelServerProps, { replicas }: ResolvedServer): Problem[] {
  if (!rollout || replicas.min < 2) return []; // a single replica is missing during every rollout but one that surges
  if (!rollout.recreates && rollout.unavailable < replicas.min) return [];
  const what = rollout.recreates ? 'Rollout.recreate()' : `Rollout.maxUnavailable(${rollout.unavailable})`;
  const message = `rollout is ${what}, and replicas is ${replicas.scales ? 'at least ' : ''}${replicas.min}.`;
  return found(ROLLOUT_OUTAGE, 'rollout', message, 'Use Rollout.maxUnavailable(1), or leave rollout out.');
}

function claimProblems({ model }: ModelServerProps, { replicas, rollout }: ResolvedServer): Problem[] {
  const claim = model?._mounted;
  const onePod = claim?.accessMode === AccessMode.READ_WRITE_ONCE_POD;
  if (claim === undefined || (claim.accessMode !== AccessMode.READ_WRITE_ONCE && !onePod)) return [];
  const mode = `claim ${claim.claimName} is ${claim.accessMode}`;
  const fix = 'Take a claim with ReadOnlyMany or ReadWriteMany.';
  if (replicas.max > 1) {
    const rule = onePod ? ONE_POD_CLAIM : ONE_NODE_CLAIM;
    return found(rule, 'model', `${mode}, and there are up to ${replicas.max} replicas.`, fix, claim.accessMode);
  }
  if (rollout.surge === 0) return [];
  const message = `${mode}, and rollout brings the new pod up beside the old one.`;
  return found(SURGE_ON_ONE_NODE_CLAIM, 'rollout', message, `Use Rollout.recreate(). Or: ${fix}`, claim.accessMode);
}

function portProblems(
  { servicePort = 80, servicePortName = 'http' }: ModelServerProps,
  { engine }: ResolvedServer,
): Problem[] {
  const served = engine.extraPorts.filter((extra) => extra.served);
  return served.flatMap(({ name, port }) => [
    ...(port === servicePort
      ? found(
          PORT_CONFLICT,
          'servicePort',
          `servicePort is ${port}, which is the ${name} port.`,
          'Take another number.',
        )
      : []),
    ...(name === servicePortName
      ? found(
          PORT_CONFLICT,
          'servicePortName',
          `servicePortName is ${name}, which is port ${port}.`,
          'Take another name.',
        )
      : []),
  ]);
}

/** Part of the selector: another value would take the pods out of the Service. */
function labelProblems({ labels = {} }: ModelServerProps): Problem[] {
  if (!Object.hasOwn(labels, COMPONENT_LABEL)) return [];
  const message = `the label ${COMPONENT_LABEL} is always ${SERVER}: the Service finds the pods by it.`;
  return found(LABEL, `labels.${COMPONENT_LABEL}`, message, 'Take a key of your own, such as team.');
}
