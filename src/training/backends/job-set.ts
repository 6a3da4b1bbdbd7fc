import type { EnvVar } from '../../../imports/k8s';
import { TrainingBackend } from '../../cluster/settings';
import {
  ARGO_SYNC_OPTIONS_ANNOTATION,
  JOB_INDEX_LABEL,
  JOB_SET_NAME_LABEL,
  MAX_EXEC_TIME_LABEL,
  QUEUE_LABEL,
} from '../../kinds/labels';
import type { Manifest } from '../../render/api-object';
import { gangNetworkPolicy } from './companions';
import type { BackendStrategy, Gang, GangPlan } from './gang';
import { gangAffinity, RENDEZVOUS_PORT, rendezvousVariables } from './rendezvous';
import { lastPodName, NODES, restartingJobs } from './restarting-jobs';
import { tfConfigProblems, tfConfigVariables } from './tf-config';

/** What the bound of all starts is later than that of each, so that a first start that hangs ends as failed, not suspended. */
const LATER_SECONDS = 60;

/**
 * JobSet with one Job, whose pods are the nodes.
 *
 * Its Service carries the name of the run and publishes addresses before pods are ready.
 *
 * @see https://jobset.sigs.k8s.io/docs/concepts/
 */
export const jobSet: BackendStrategy = {
  kind: TrainingBackend.JOB_SET,

  podOptions: (plan) => ({
    restartPolicy: 'Never',
    runLabel: JOB_SET_NAME_LABEL,
    ports: [{ name: 'rendezvous', containerPort: RENDEZVOUS_PORT }],
    podAffinity: gangAffinity(plan, JOB_SET_NAME_LABEL),
    env: variables(plan),
    injectedEnv: ['JOB_COMPLETION_INDEX'],
  }),

  supports: (gang) => {
    const { name } = gang.metadata;
    return tfConfigProblems(gang, `${name}-${NODES}-0-${gang.roles[0].replicas}.${name}`);
  },

  longestDerivedName: lastPodName,

  workload: (gang) => ({
    apiVersion: 'jobset.x-k8s.io/v1alpha2',
    kind: 'JobSet',
    metadata: metadata(gang),
    spec: restartingJobs(gang, { deadlineOfStart: gang.run.activeDeadlineSeconds }),
  }),

  companions: (gang) => [gangNetworkPolicy(gang)],
};

function variables(plan: GangPlan): EnvVar[] {
  return plan.framework.name === 'tensorflow'
    ? tfConfigVariables(plan, JOB_SET_MEETING.rankField, hostOf)
    : rendezvousVariables(plan, JOB_SET_MEETING, true);
}

/** Where the pods of a JobSet find their number and the first of them. */
export const JOB_SET_MEETING = {
  rankField: `metadata.labels['${JOB_INDEX_LABEL}']`,
  address: hostOf(0),
  port: RENDEZVOUS_PORT,
};

function hostOf(rank: number): string {
  return `$(RUN)-${NODES}-0-${rank}.$(RUN)`;
}

/**
 * Kueue stops the run when all its starts together reach the deadline, which a JobSet cannot do by itself. It also writes into
 * lists of the object, which client-side apply would take out again and is then refused.
 */
function metadata({ metadata: head, run }: Gang): Manifest['metadata'] {
  if (head.labels?.[QUEUE_LABEL] === undefined) return head;
  const options = [head.annotations?.[ARGO_SYNC_OPTIONS_ANNOTATION], 'ServerSideApply=true'];
  return {
    ...head,
    labels: { ...head.labels, [MAX_EXEC_TIME_LABEL]: String(run.activeDeadlineSeconds + LATER_SECONDS) },
    annotations: {
      ...head.annotations,
      [ARGO_SYNC_OPTIONS_ANNOTATION]: options.filter((option) => option !== undefined).join(','),
    },
  };
}
