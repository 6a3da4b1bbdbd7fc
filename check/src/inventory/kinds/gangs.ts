import type { RoleDescription } from '../workload';
import { bound, Nature } from '../workload';
import { jobBounds, podsOf } from './core';
import type { KindReader } from './kind-reader';

// Kinds that start several pods as one: JobSet, LeaderWorkerSet, Volcano.

export const JOB_SETS: KindReader = {
  group: 'jobset.x-k8s.io',
  kinds: ['JobSet'],
  read: ({ top }) => {
    const spec = top.at('spec');
    const jobs = spec.at('replicatedJobs').items;
    const claimTemplates = spec.at('volumeClaimPolicies').items.flatMap((policy) => policy.at('templates').items);
    const roles = jobs.map((job): RoleDescription => {
      const inner = job.at('template', 'spec');
      const count = (job.at('replicas').integer ?? 1) * (inner.at('parallelism').integer ?? 1);
      const name = job.at('name').text ?? '';
      return { name, replicas: inner.at('parallelism'), count, pod: podsOf(inner.at('template'), { claimTemplates }) };
    });
    // The deadline is that of each Job; JobSet itself has none.
    const first = jobs[0]?.at('template', 'spec') ?? spec.at('replicatedJobs', 0, 'template', 'spec');
    const lacking = jobs
      .map((job) => job.at('template', 'spec'))
      .find((job) => !job.at('activeDeadlineSeconds').exists);
    return {
      nature: Nature.RUN,
      roles,
      run: {
        deadline: jobBounds(lacking ?? first).deadline,
        retries: bound(spec.at('failurePolicy', 'maxRestarts')),
        defaultRetries: 0,
        ttl: bound(spec.at('ttlSecondsAfterFinished')),
      },
      gang: roles.reduce((sum, { count }) => sum + (count ?? 1), 0) > 1,
    };
  },
};

export const LEADER_WORKER_SETS: KindReader = {
  group: 'leaderworkerset.x-k8s.io',
  kinds: ['LeaderWorkerSet'],
  read: ({ top }) => {
    const spec = top.at('spec');
    const template = spec.at('leaderWorkerTemplate');
    const groups = spec.at('replicas').integer ?? 1;
    const size = template.at('size').integer ?? 1;
    const leader = template.at('leaderTemplate');
    const claimTemplates = template.at('volumeClaimTemplates').items;
    const workers: RoleDescription = {
      name: 'worker',
      replicas: template.at('size'),
      count: groups * (leader.exists ? size - 1 : size),
      pod: podsOf(template.at('workerTemplate'), { claimTemplates }),
    };
    return {
      nature: Nature.SERVER,
      roles: leader.exists
        ? [{ name: 'leader', count: groups, pod: podsOf(leader, { claimTemplates }) }, workers]
        : [workers],
      gang: size > 1,
      scalable: spec.at('replicas'),
    };
  },
};

export const VOLCANO_JOBS: KindReader = {
  group: 'batch.volcano.sh',
  kinds: ['Job'],
  read: ({ top }) => {
    const spec = top.at('spec');
    const tasks = spec.at('tasks').items;
    const roles = tasks.map((task): RoleDescription => ({
      name: task.at('name').text ?? '',
      replicas: task.at('replicas'),
      pod: podsOf(task.at('template')),
    }));
    // The deadline is that of each pod; the Job itself has none.
    const specs = (tasks.length > 0 ? tasks : [spec.at('tasks', 0)]).map((task) => task.at('template', 'spec'));
    const lacking = specs.find((each) => !each.at('activeDeadlineSeconds').exists);
    return {
      nature: Nature.RUN,
      roles,
      run: {
        deadline: bound((lacking ?? specs[0]).at('activeDeadlineSeconds')),
        retries: bound(spec.at('maxRetry')),
        defaultRetries: 3,
        ttl: bound(spec.at('ttlSecondsAfterFinished')),
      },
      gang: roles.reduce((sum, { replicas }) => sum + (replicas?.integer ?? 1), 0) > 1,
    };
  },
};
