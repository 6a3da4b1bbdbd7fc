import { Duration, Size } from 'cdk8s';
import {
  AccessMode,
  Checkpoints,
  Claim,
  Delivery,
  DistributedTraining,
  Framework,
  Gpu,
  GpuTrainingJob,
  type ClusterProfileProps,
  type GpuTrainingJobProps,
} from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import { deliver } from './fixtures/deliver';
import { jobCondition, jobStatus, pods, podsIn } from './fixtures/pods';
import { NAMESPACE, only, rendered } from './fixtures/rendered';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { makePrerequisites } from './ring/accept/prerequisites';
import { gone } from './ring/accept/remove-manifests';
import { ApiError } from './ring/api/api-client';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { meet } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { useRing } from './ring/use-ring';

// A GitOps tool applies the same manifests for ever. It must not repeat work, lose work, or end a run by a side effect.

const ring = useRing(...CLUSTER);

beforeAll(async () => {
  await addNodes(
    ring.api,
    ['one', 'two', 'three', 'four'].map((name) => gpuNode(name, 'p5.48xlarge')),
  );
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await makePrerequisites(ring.api, runOf('any'));
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

function runOf(
  name: string,
  props: Partial<GpuTrainingJobProps> = {},
  profile: Partial<ClusterProfileProps> = {},
): Manifest[] {
  return rendered(profile, (chart) => new GpuTrainingJob(chart, name, { ...RUN, ...props }));
}

const of = (job: Manifest) => ({ namespace: NAMESPACE, job: job.metadata.name! });
const uid = async (object: Manifest) => (await ring.api.get(object)).object.metadata.uid;

/** The two ways in which tools apply. */
const WAYS: [string, (object: Manifest) => Promise<unknown>][] = [
  ['server-side', (object) => ring.api.apply(object)],
  ['client-side', (object) => ring.api.applyClientSide(object)],
];

/** Lets a run end well. */
async function finish(job: Manifest): Promise<void> {
  const [pod] = await podsIn(ring, of(job), 'Running', 1);
  await meet(ring.api, pod, { exitCode: 0 });
  await jobCondition(ring, of(job), 'Complete');
}

/** The Job controller has looked at everything that was there before: a run delivered later has its pod. */
async function controllerCaughtUp(name: string): Promise<void> {
  const [later] = await deliver(ring, runOf(name));
  await podsIn(ring, of(later), 'Running', 1);
}

describe.each(WAYS)('applied again on the %s', (way, apply) => {
  test('a declared run that has ended does not run again', async () => {
    const [job] = runOf(`done-${way}`);
    await apply(job);
    await finish(job);
    const before = await uid(job);
    await apply(job);
    await controllerCaughtUp(`later-${way}`);
    expect(await uid(job)).toBe(before);
    expect(await jobStatus(ring, of(job))).toMatchObject({ succeeded: 1 });
    await pods(ring, of(job), 'no other pod', (all) =>
      all.every(({ status }) => status.phase === 'Succeeded') ? undefined : 'a pod runs again',
    );
  });

  test('a run that runs is left alone', async () => {
    const [job] = runOf(`runs-${way}`);
    await apply(job);
    const [pod] = await podsIn(ring, of(job), 'Running', 1);
    await apply(job);
    const [same] = await podsIn(ring, of(job), 'Running', 1);
    expect(same.metadata.uid).toBe(pod.metadata.uid);
  });

  test('a changed spec under the same run is refused, and the run goes on', async () => {
    const [job] = runOf(`changed-${way}`);
    await apply(job);
    const [pod] = await podsIn(ring, of(job), 'Running', 1);
    const [changed] = runOf(`changed-${way}`, { image: 'registry.example.com/trainer:v2.0' });
    const refused = apply(changed);
    await expect(refused).rejects.toBeInstanceOf(ApiError);
    await expect(refused).rejects.toThrow(/refused with 422: .*spec\.template.*field is immutable/s);
    const [same] = await podsIn(ring, of(job), 'Running', 1);
    expect(same.metadata.uid).toBe(pod.metadata.uid);
  });
});

describe('a new run', () => {
  it('of one GPU runs beside the old one, in a checkpoint directory of its own', async () => {
    const [old, next] = [runOf('bert', { run: 'v1' }), runOf('bert', { run: 'v2' })];
    const [first] = await deliver(ring, old);
    await podsIn(ring, of(first), 'Running', 1);
    const [second] = await deliver(ring, next);
    await podsIn(ring, of(second), 'Running', 1);
    const [still] = await podsIn(ring, of(first), 'Running', 1);
    expect(still.metadata.labels).toMatchObject({ 'batch.kubernetes.io/job-name': 'bert-v1' });
    expect(JSON.stringify(still.spec)).toContain('/ckpt/$(RUN)');
  });

  it('of a gang shares the Service and the policy of the old one, and both keep their own addresses', async () => {
    const { gpu: _, ...run } = RUN;
    const gang = (name: string) =>
      rendered({}, (chart) => {
        const framework = Framework.pytorch();
        new DistributedTraining(chart, 'llm', { ...run, framework, run: name, numNodes: 2, gpuPerNode: Gpu.any(2) });
      });
    const jobs = [only(await deliver(ring, gang('v1')), 'Job'), only(await deliver(ring, gang('v2')), 'Job')];
    const members = [];
    for (const job of jobs) members.push(...(await podsIn(ring, of(job), 'Running', 2)));
    const addresses = members.map(({ spec }) => `${spec.hostname}.${spec.subdomain}`).sort();
    expect(addresses).toEqual(['llm-v1-0.llm', 'llm-v1-1.llm', 'llm-v2-0.llm', 'llm-v2-1.llm']);
    const slices = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', namespace: NAMESPACE };
    const service = { ...slices, labels: 'kubernetes.io/service-name=llm' };
    await ring.until(service, 'the Service naming every member', (all) => {
      const named = all.flatMap(({ endpoints }) => (endpoints as { hostname?: string }[] | null) ?? []);
      const hosts = named.map(({ hostname }) => hostname).sort();
      return hosts.join() === 'llm-v1-0,llm-v1-1,llm-v2-0,llm-v2-1' ? undefined : `it names ${hosts.join(', ')}`;
    });
  });
});

describe('deleted by a tool or by hand', () => {
  it('a claim that a run uses stays until the run has ended', async () => {
    const build = (withClaim: boolean) =>
      rendered({}, (chart) => {
        const claim = new Claim(chart, 'state', {
          size: Size.gibibytes(100),
          accessMode: AccessMode.READ_WRITE_MANY,
          storageClassName: 'shared',
        });
        if (withClaim) new GpuTrainingJob(chart, 'keeps', { ...RUN, checkpoints: Checkpoints.on(claim) });
      });
    const objects = await deliver(ring, build(true));
    const [job, claim] = [only(objects, 'Job'), only(objects, 'PersistentVolumeClaim')];
    await podsIn(ring, of(job), 'Running', 1);
    expect(claim.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    });
    const { object: deleted } = await ring.api.del(claim);
    expect(deleted.metadata.finalizers).toEqual(['kubernetes.io/pvc-protection']);
    await finish(job);
    await ring.api.del(job);
    await gone(ring.api, claim);
  });

  it('a run asks to be confirmed, and its pods end with it', async () => {
    const [job] = await deliver(ring, runOf('pruned'));
    const [pod] = await podsIn(ring, of(job), 'Running', 1);
    expect(job.metadata.annotations).toMatchObject({ 'argocd.argoproj.io/sync-options': 'Prune=confirm' });
    await ring.api.del(job);
    await gone(ring.api, pod);
  });
});

describe('created once', () => {
  it('a run goes after its TTL, and runs again when it is applied again', async () => {
    const once = runOf('once', { ttl: Duration.hours(1) }, { delivery: Delivery.CREATE_ONCE });
    const [job] = await deliver(ring, once);
    await finish(job);
    await ring.api.patch(job, { spec: { ttlSecondsAfterFinished: 1 } }); // nobody waits here for an hour
    await gone(ring.api, job);
    const [again] = await deliver(ring, once);
    await podsIn(ring, of(again), 'Running', 1);
    expect(again.metadata.uid).not.toBe(job.metadata.uid);
  });

  it('a declared run with a TTL is reported, since it would run again', () => {
    expect(() => runOf('repeats', { ttl: Duration.hours(1) })).toThrow('TRN002');
  });
});
