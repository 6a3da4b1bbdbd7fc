import type { Field } from '../field';
import type { PodPlaces } from '../pod';
import type { RunBounds, Timetable, WorkloadDescription } from '../workload';
import { bound, Nature } from '../workload';
import type { KindReader } from './kind-reader';
import { startsTraining } from './starts-training';

// Kinds of Kubernetes itself.

/** The pods of a `PodTemplateSpec`. */
export function podsOf(template: Field, more: Partial<PodPlaces> = {}): PodPlaces {
  return { metadata: template.at('metadata'), specs: [template.at('spec')], ...more };
}

/** Tries of a Job when `backoffLimit` is not given. https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy */
const DEFAULT_BACKOFF_LIMIT = 6;

/** The bounds of a `JobSpec`. */
export function jobBounds(spec: Field): RunBounds {
  const perIndex = spec.at('backoffLimitPerIndex');
  return {
    deadline: bound(spec.at('activeDeadlineSeconds')),
    retries: bound(perIndex.exists ? perIndex : spec.at('backoffLimit')),
    defaultRetries: DEFAULT_BACKOFF_LIMIT,
    ttl: bound(spec.at('ttlSecondsAfterFinished')),
  };
}

/** What a `JobSpec` says. */
export function jobDescription(spec: Field): WorkloadDescription {
  const parallelism = spec.at('parallelism');
  const template = spec.at('template');
  return {
    nature: Nature.RUN,
    roles: [{ name: 'pod', replicas: parallelism, pod: podsOf(template) }],
    run: jobBounds(spec),
    gang: (parallelism.integer ?? 1) > 1 && isIndexedGang(spec),
  };
}

/** What processes are started with that know of others. */
const CALLS =
  /torchrun|torch\.distributed|accelerate launch|nnodes|num_machines|MASTER_ADDR|JAX_COORDINATOR|rdzv|deepspeed|"(WORLD_SIZE|NUM_NODES|NNODES)","value":"?([2-9]|\d\d)/;

/** An Indexed Job whose pods call each other by name, or start a launcher for several nodes. */
function isIndexedGang(spec: Field): boolean {
  if (spec.at('completionMode').text !== 'Indexed') return false;
  const pod = spec.at('template', 'spec');
  if (pod.at('subdomain').exists) return true;
  const text = JSON.stringify(pod.at('containers').value ?? '').slice(0, 65536);
  return CALLS.test(text);
}

export const JOBS: KindReader = {
  group: 'batch',
  kinds: ['Job'],
  read: (job) => jobDescription(job.at('spec')),
};

export const CRON_JOBS: KindReader = {
  group: 'batch',
  kinds: ['CronJob'],
  read: (cronJob) => {
    const spec = cronJob.at('spec');
    return {
      ...jobDescription(spec.at('jobTemplate', 'spec')),
      queueMetadata: spec.at('jobTemplate', 'metadata'),
      timetable: timetableOf(spec, [spec.at('schedule')], spec.at('timeZone')),
    };
  },
};

/** The timetable of a kind that is like a CronJob. */
export function timetableOf(spec: Field, schedules: readonly Field[], timeZone: Field): Timetable {
  return {
    schedules,
    timeZone,
    concurrencyPolicy: spec.at('concurrencyPolicy'),
    startingDeadline: spec.at('startingDeadlineSeconds'),
    successfulHistory: spec.at('successfulJobsHistoryLimit'),
    failedHistory: spec.at('failedJobsHistoryLimit'),
  };
}

const readServer: KindReader['read'] = ({ kind, top }) => {
  const spec = top.at('spec');
  const template = spec.at('template');
  // That of a Rollout may stand in a Deployment that it names.
  if (!template.exists && spec.at('workloadRef').exists) return undefined;
  const claimTemplates = kind === 'StatefulSet' ? spec.at('volumeClaimTemplates').items : [];
  return {
    nature: startsTraining(template.at('spec')) ? Nature.RUN : Nature.SERVER,
    roles: [{ name: 'pod', replicas: spec.at('replicas'), pod: podsOf(template, { claimTemplates }) }],
    scalable: spec.at('replicas'),
  };
};

/** Servers of Kubernetes itself, also of API groups that it has left, and of others that are like them. */
export const SERVERS: readonly KindReader[] = [
  { group: 'apps', kinds: ['Deployment', 'StatefulSet', 'ReplicaSet'], read: readServer },
  { group: 'extensions', kinds: ['Deployment', 'ReplicaSet'], read: readServer },
  { group: '', kinds: ['ReplicationController'], read: readServer },
  { group: 'argoproj.io', kinds: ['Rollout'], read: readServer },
  { group: 'apps.openshift.io', kinds: ['DeploymentConfig'], read: readServer },
];

export const AGENTS: readonly KindReader[] = ['apps', 'extensions'].map((group) => ({
  group,
  kinds: ['DaemonSet'],
  read: ({ top }) => ({
    nature: Nature.AGENT,
    roles: [{ name: 'pod', pod: podsOf(top.at('spec', 'template')) }],
  }),
}));

export const PODS: KindReader = {
  group: '',
  kinds: ['Pod'],
  read: ({ top }) => {
    const spec = top.at('spec');
    const restart = spec.at('restartPolicy').text;
    return {
      nature: restart === 'Never' || restart === 'OnFailure' || startsTraining(spec) ? Nature.RUN : Nature.SERVER,
      roles: [{ name: 'pod', pod: { metadata: top.at('metadata'), specs: [spec] } }],
      run: { deadline: bound(spec.at('activeDeadlineSeconds')) },
    };
  },
};
