import type { JobSpec } from '../../../imports/batch.volcano.sh';
import { TrainingBackend } from '../../cluster/settings';
import type { Problem } from '../../core/diagnostics';
import { show } from '../../core/diagnostics';
import { VOLCANO_JOB_NAME_LABEL, VOLCANO_TASK_INDEX_LABEL } from '../../kinds/labels';
import type { Literal } from '../../render/literal';
import { podTemplate } from '../../render/pod-template';
import { OTHER_SCHEDULER } from '../diagnostics';
import type { BackendStrategy, Gang } from './gang';
import { gangNetworkPolicy } from './companions';
import { gangAffinity, RENDEZVOUS_PORT, rendezvousVariables } from './rendezvous';

/** Name of the only task, and so a part of the names of its pods. */
const NODES = 'node';
const SCHEDULER = 'volcano';

/**
 * Job of Volcano, whose scheduler starts all pods or none, and which starts the gang again as a whole.
 *
 * A plugin of its controller gives every pod a host name and the gang a headless Service. The network policy of the plugin is left
 * out for ours.
 *
 * @see https://volcano.sh/en/docs/vcjob/
 */
export const volcanoJob: BackendStrategy = {
  kind: TrainingBackend.VOLCANO_JOB,
  groupsPods: true,

  podOptions: (plan) => ({
    restartPolicy: 'Never',
    runLabel: VOLCANO_JOB_NAME_LABEL,
    ports: [{ name: 'rendezvous', containerPort: RENDEZVOUS_PORT }],
    podAffinity: gangAffinity(plan, VOLCANO_JOB_NAME_LABEL),
    env: rendezvousVariables(
      plan,
      {
        rankField: `metadata.labels['${VOLCANO_TASK_INDEX_LABEL}']`,
        address: `$(RUN)-${NODES}-0.$(RUN)`,
        port: RENDEZVOUS_PORT,
      },
      true,
    ),
    injectedEnv: ['VC_NODE_HOSTS', 'VC_NODE_NUM'],
  }),

  supports: ({ roles: [{ pod }] }) => schedulerProblems(pod.schedulerName),

  longestDerivedName: (objectName, { roles: [{ replicas }] }) => `${objectName}-${NODES}-${replicas - 1}`,

  workload: (gang) => ({
    apiVersion: 'batch.volcano.sh/v1alpha1',
    kind: 'Job',
    metadata: gang.metadata,
    spec: jobSpec(gang),
  }),

  companions: (gang) => [gangNetworkPolicy(gang)],
};

function jobSpec({ roles: [{ replicas, pod }], run, volcanoQueue }: Gang): Literal<JobSpec> {
  const { metadata, spec } = podTemplate(pod);
  return {
    schedulerName: SCHEDULER,
    queue: volcanoQueue,
    minAvailable: replicas,
    // The run has failed with the last of its starts, of which the first is none of the retries.
    maxRetry: run.retries + 1,
    plugins: { svc: ['--publish-not-ready-addresses=true', '--disable-network-policy=true'] },
    policies: [
      ...run.failOnExitCodes.map((exitCode) => ({ exitCode, action: 'TerminateJob' as const })),
      { events: ['PodFailed', 'PodEvicted'], action: 'RestartJob' },
    ],
    tasks: [
      {
        name: NODES,
        replicas,
        minAvailable: replicas,
        // The kind has no deadline: the kubelet ends each start of the gang.
        template: { metadata, spec: { ...spec!, activeDeadlineSeconds: run.activeDeadlineSeconds } },
      },
    ],
    ttlSecondsAfterFinished: run.ttlSeconds,
  };
}

function schedulerProblems(schedulerName: string | undefined): Problem[] {
  if (schedulerName === undefined || schedulerName === SCHEDULER) return [];
  return [
    {
      rule: OTHER_SCHEDULER,
      property: 'schedulerName',
      value: show(schedulerName),
      message: `schedulerName is ${show(schedulerName)}, and the gang of a Volcano Job is started by Volcano's scheduler.`,
      fix: 'Leave schedulerName out, or set backend to TrainingBackend.JOB_SET.',
    },
  ];
}
