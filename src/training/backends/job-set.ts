import type { EnvVar } from '../../../imports/k8s';
import { TrainingBackend } from '../../cluster/settings';
import { JOB_INDEX_LABEL, JOB_SET_NAME_LABEL } from '../../kinds/labels';
import { boundedByQueue } from './bounded-by-queue';
import { gangNetworkPolicy } from './companions';
import type { BackendStrategy, GangPlan } from './gang';
import { gangAffinity, RENDEZVOUS_PORT, rendezvousVariables } from './rendezvous';
import { lastPodName, NODES, restartingJobs } from './restarting-jobs';
import { tfConfigProblems, tfConfigVariables } from './tf-config';

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
    metadata: boundedByQueue(gang),
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
