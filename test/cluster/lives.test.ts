import { Cron, Duration, Size } from 'cdk8s';
import {
  Acknowledge,
  Affinity,
  Checkpoints,
  Delivery,
  DistributedTraining,
  Framework,
  Gpu,
  GpuTrainingJob,
  ScheduledRetrain,
  TrainingRun,
  type ClusterProfileProps,
  type GpuTrainingJobProps,
} from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import { deliver } from './fixtures/deliver';
import { jobCondition, jobStatus, pods, podsIn, refusal } from './fixtures/pods';
import { NAMESPACE, only, rendered } from './fixtures/rendered';
import { priorityClass } from './ring/accept/prerequisites';
import { gone } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { type Fate, meet, withFate } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { useRing } from './ring/use-ring';

// Runs live and die as promised: what is tried again, what is not, and what stays when all is over.

const ring = useRing(...CLUSTER);

beforeAll(async () => {
  await addNodes(ring.api, [gpuNode('one', 'p5.48xlarge'), gpuNode('two', 'p5.48xlarge')]);
  await startSchedule();
});

const RUN: GpuTrainingJobProps = {
  image: 'registry.example.com/trainer:v1.0',
  command: ['python', 'train.py'],
  gpu: Gpu.any(1),
  cpu: Cpu.units(2),
  memory: Size.gibibytes(16),
  checkpoints: Checkpoints.claim('ckpt'),
  activeDeadline: Duration.hours(1),
};

/** Delivers a run on one GPU whose pods meet a fate, and gives its Job. */
async function start(
  name: string,
  props: Partial<GpuTrainingJobProps> = {},
  fate: Fate = {},
  profile: Partial<ClusterProfileProps> = {},
): Promise<Manifest> {
  const build = rendered(profile, (chart) => new GpuTrainingJob(chart, name, { ...RUN, ...props }));
  const [job] = await deliver(
    ring,
    build.map((object) => withFate(object, fate)),
  );
  return job;
}

const of = (job: Manifest) => ({ namespace: NAMESPACE, job: job.metadata.name! });

describe('a run on one GPU', () => {
  it('completes', async () => {
    const job = await start('completes', {}, { exitCode: 0 });
    await jobCondition(ring, of(job), 'Complete');
  });

  it('is tried as often as it says, and then fails', async () => {
    const job = await start('retried', { backoffLimit: 1 }, { exitCode: 1 });
    const { reason } = await jobCondition(ring, of(job), 'Failed');
    expect(reason).toBe('BackoffLimitExceeded');
    expect((await jobStatus(ring, of(job))).failed).toBe(2);
  });

  it('without checkpoints is not tried again after an error', async () => {
    const job = await start('once', { checkpoints: undefined }, { exitCode: 1 });
    const { reason } = await jobCondition(ring, of(job), 'Failed');
    expect(reason).toBe('BackoffLimitExceeded');
    expect((await jobStatus(ring, of(job))).failed).toBe(1);
  });

  it('ends at once with an exit code that means a bug', async () => {
    const job = await start('bug', { backoffLimit: 5, failOnExitCodes: [2] }, { exitCode: 2 });
    const { reason, message } = await jobCondition(ring, of(job), 'Failed');
    expect(reason).toBe('PodFailurePolicy');
    expect(message).toContain('exit code 2');
    expect((await jobStatus(ring, of(job))).failed).toBe(1);
  });

  it('ends at once when it runs out of memory', async () => {
    const job = await start('oom', { backoffLimit: 5 }, { exitCode: 137 });
    const { reason } = await jobCondition(ring, of(job), 'Failed');
    expect(reason).toBe('PodFailurePolicy');
    expect((await jobStatus(ring, of(job))).failed).toBe(1);
  });

  it('is tried again after running out of memory when it asks for that', async () => {
    const job = await start('oom-again', { backoffLimit: 1, retryOutOfMemory: true }, { exitCode: 137 });
    const { reason } = await jobCondition(ring, of(job), 'Failed');
    expect(reason).toBe('BackoffLimitExceeded');
    expect((await jobStatus(ring, of(job))).failed).toBe(2);
  });

  it('starts again after disruptions, which do not count', async () => {
    const job = await start('disrupted', { backoffLimit: 0 });
    for (const how of ['NodeShutdown', 'Evicted']) {
      const [pod] = await podsIn(ring, of(job), 'Running', 1);
      await meet(ring.api, pod, { disrupted: how });
      await pods(ring, of(job), 'another pod running', (all) =>
        all.some(({ metadata, status }) => metadata.name !== pod.metadata.name && status.phase === 'Running')
          ? undefined
          : `no pod after the one that ended with ${how}`,
      );
      await ring.api.del(pod);
      await gone(ring.api, pod);
    }
    const [last] = await podsIn(ring, of(job), 'Running', 1);
    await meet(ring.api, last, { exitCode: 0 });
    await jobCondition(ring, of(job), 'Complete');
  });

  it('starts again after a drain, and not before the first pod has ended', async () => {
    const job = await start('drained', { backoffLimit: 0 });
    const [pod] = await podsIn(ring, of(job), 'Running', 1);
    const held = { metadata: { finalizers: ['ring.cdk8s-ml.dev/hold', 'batch.kubernetes.io/job-tracking'] } };
    await ring.api.patch(pod, held);
    await ring.api.evict(pod);
    const [next] = await podsIn(ring, of(job), 'Running', 1);
    expect(next.metadata.name).not.toBe(pod.metadata.name);
    const { object: ended } = await ring.api.get(pod);
    expect(ended.status).toMatchObject({ phase: 'Failed' });
    await ring.api.patch(pod, { metadata: { finalizers: null } });
  });

  it('ends at its deadline', async () => {
    const job = await start('late', { activeDeadline: Duration.seconds(5) });
    const { reason } = await jobCondition(ring, of(job), 'Failed');
    expect(reason).toBe('DeadlineExceeded');
    await pods(ring, of(job), 'its pod going', (all) => (all.length === 0 ? undefined : 'it is still there'));
  });

  it('stays when it has ended, where it is declared', async () => {
    const job = await start('declared', {}, { exitCode: 0 });
    await jobCondition(ring, of(job), 'Complete');
    expect((job.spec as { ttlSecondsAfterFinished?: number }).ttlSecondsAfterFinished).toBeUndefined();
  });

  it('goes after its TTL, where it is created once', async () => {
    const once = { delivery: Delivery.CREATE_ONCE };
    const job = await start('ttl', { ttl: Duration.hours(1) }, { exitCode: 0 }, once);
    await jobCondition(ring, of(job), 'Complete');
    expect(job.spec).toMatchObject({ ttlSecondsAfterFinished: 3600 });
    await ring.api.patch(job, { spec: { ttlSecondsAfterFinished: 1 } }); // nobody waits here for an hour
    await gone(ring.api, job);
  });
});

describe('a gang of an Indexed Job', () => {
  async function gang(name: string, fate: Fate = {}): Promise<Manifest> {
    const { gpu: _, ...run } = RUN;
    const objects = rendered({}, (chart) => {
      new DistributedTraining(chart, name, {
        ...run,
        framework: Framework.pytorch(),
        numNodes: 2,
        gpuPerNode: Gpu.any(2),
        failOnExitCodes: [2],
      });
    });
    const accepted = await deliver(
      ring,
      objects.map((object) => withFate(object, fate)),
    );
    return only(accepted, 'Job');
  }

  it('gives a member that was disrupted its rank and its host name back', async () => {
    const job = await gang('whole');
    const members = await podsIn(ring, of(job), 'Running', 2);
    const [first] = members.filter(({ spec }) => spec.hostname === 'whole-0');
    await meet(ring.api, first, { disrupted: 'NodeShutdown' });
    const again = await pods(ring, of(job), 'a pod of the same name for its host', (all) =>
      all.some(
        ({ metadata, spec, status }) =>
          spec.hostname === 'whole-0' && metadata.name !== first.metadata.name && status.phase === 'Running',
      )
        ? undefined
        : 'none',
    );
    const ranks = again.filter(({ status }) => status.phase === 'Running').map(({ metadata }) => metadata.labels);
    expect(ranks.map((labels) => labels?.['batch.kubernetes.io/job-completion-index']).sort()).toEqual(['0', '1']);
  });

  it('ends as a whole when one member meets a bug', async () => {
    const job = await gang('broken');
    const [member] = await podsIn(ring, of(job), 'Running', 2);
    await meet(ring.api, member, { exitCode: 2 });
    const { reason } = await jobCondition(ring, of(job), 'Failed');
    expect(reason).toBe('PodFailurePolicy');
    await pods(ring, of(job), 'the other member ending', (all) =>
      all.some(({ status }) => status.phase === 'Running') ? 'it runs' : undefined,
    );
  });
});

describe('priority', () => {
  it('lets production take the GPUs of an experiment, which waits for others', async () => {
    await ring.api.apply(priorityClass('experiment', 100));
    await ring.api.apply(priorityClass('production', 50_000));
    await addNodes(ring.api, [gpuNode('contested', 'g6e.12xlarge', { labels: { contested: 'true' } })]);
    const on = { gpu: Gpu.any(4), affinity: Affinity.requireNodes('contested', 'true') };
    const experiment = await start('experiment', { ...on, priorityClassName: 'experiment', backoffLimit: 0 });
    const [victim] = await podsIn(ring, of(experiment), 'Running', 1);
    const production = await start('production', { ...on, priorityClassName: 'production' });
    await podsIn(ring, of(production), 'Running', 1);
    expect(await refusal(ring, of(experiment))).toContain('Insufficient nvidia.com/gpu');
    const [waiting] = await podsIn(ring, of(experiment), 'Pending', 1);
    expect(waiting.metadata.name).not.toBe(victim.metadata.name);
    const equal = await start('equal', { ...on, priorityClassName: 'production' });
    expect(await refusal(ring, of(equal))).toContain('No preemption victims found');
  });
});

/** Delivers a retrain of every minute, whose first run does not end; the last test looks at what became of it. */
async function startSchedule(): Promise<void> {
  const objects = rendered({}, (chart) => {
    const retrain = new ScheduledRetrain(chart, 'retrain', {
      schedule: Cron.everyMinute(),
      timeZone: 'Etc/UTC',
      job: TrainingRun.single(RUN),
    });
    Acknowledge.of(retrain).add('TRN008', 'The first run is meant to last longer than its period.');
  });
  await deliver(ring, objects);
}

describe('a schedule', () => {
  it('does not start a second run beside the first', async () => {
    const events = { apiVersion: 'v1', kind: 'Event', namespace: NAMESPACE };
    const passedOver = ({ reason }: Manifest) => reason === 'JobAlreadyActive';
    const awaited = 'the controller passing over the next time';
    await ring.until(events, awaited, (all) => (all.some(passedOver) ? undefined : 'no event JobAlreadyActive'), 130);
    const runs = await ring.api.list({
      apiVersion: 'batch/v1',
      kind: 'Job',
      namespace: NAMESPACE,
      labels: 'app.kubernetes.io/name=retrain',
    });
    expect(runs.items).toHaveLength(1);
  }, 150_000);
});
