import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Component,
  Framework,
  Gpu,
  Schedule,
  ScheduledRetrain,
  type ScheduledRetrainProps,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import { H100_CLUSTER, MACHINE } from './fixtures/gang';
import { NAMESPACE, only, rendered } from './fixtures/rendered';
import { noPods, PODS, running } from './fixtures/running';
import { type Ended, tick as tickOf } from './fixtures/tick';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { allMeet } from './ring/nodes/fates';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { useRing } from './ring/use-ring';

// A gang on a schedule whose kind no CronJob can hold: the launcher's script, run here as its pod would run it, with the
// rights of its account, before the real API server and operator.

const ring = useRing(...CLUSTER, 'jobset');
const JOB_SETS = { apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', namespace: NAMESPACE };

function scheduled(props: Partial<ScheduledRetrainProps> = {}): Manifest[] {
  return rendered({ ...H100_CLUSTER, components: [Component.JOBSET] }, (chart) => {
    new ScheduledRetrain(chart, 'nightly', {
      schedule: Schedule.expression('0 2 * * *'),
      job: TrainingRun.distributed({
        backend: TrainingBackend.JOB_SET,
        framework: Framework.pytorch(),
        numNodes: 2,
        gpuPerNode: Gpu.h100(8),
        image: 'registry.example.com/llm:v2',
        command: ['torchrun', 'train.py'],
        cpu: Cpu.units(90),
        memory: Size.gibibytes(900),
        activeDeadline: Duration.hours(6),
      }),
      ...props,
    });
  });
}

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    ['a', 'b'].map((name) => gpuNode(name, MACHINE)),
  );
  for (const object of scheduled()) await ring.api.apply(object);
});

afterEach(async () => {
  const { items } = await ring.api.list(JOB_SETS);
  await removeManifests(ring.api, items);
  await noPods(ring);
});

/** What a tick does, as the pod of its Job would. */
const tick = (
  run: string,
  objects = scheduled(),
  change?: (template: string) => string,
  more?: { readonly [variable: string]: string },
): Promise<Ended> => tickOf(ring, run, objects, change, more);

const runs = async (): Promise<(string | undefined)[]> =>
  (await ring.api.list(JOB_SETS)).items.map(({ metadata }) => metadata.name);

/** Waits until a run has ended well. */
async function ends(run: string): Promise<void> {
  await allMeet(ring.api, await running(ring, 2), { exitCode: 0 });
  await ring.until({ ...JOB_SETS, name: run }, `${run} ending`, ([{ status }]) => {
    const { terminalState } = (status ?? {}) as { readonly terminalState?: string };
    return terminalState === 'Completed' ? undefined : JSON.stringify(status);
  });
}

test('a tick makes the run under the name of its Job, and its pods come', async () => {
  expect(await tick('nightly-1')).toEqual({ code: 0, said: 'nightly-1 is made\n' });
  const pods = await running(ring, 2);
  expect(pods.map(({ metadata }) => metadata.labels?.['jobset.sigs.k8s.io/jobset-name'])).toEqual([
    'nightly-1',
    'nightly-1',
  ]);
});

test('a tick that is tried again finds its run', async () => {
  await tick('nightly-2');
  expect(await tick('nightly-2')).toEqual({ code: 0, said: 'nightly-2 is there already\n' });
});

test('a tick is left out while the last run is at work, and the next one starts when it has ended', async () => {
  await tick('nightly-3');
  expect(await tick('nightly-4')).toEqual({ code: 0, said: 'nightly-3 is still at work: nightly-4 is left out\n' });
  expect(await runs()).toEqual(['nightly-3']);
  await ends('nightly-3');
  expect(await tick('nightly-5')).toEqual({ code: 0, said: 'nightly-5 is made\n' });
});

test('a run of another schedule does not count', async () => {
  await tick('nightly-6');
  const elsewhere = (template: string): string =>
    template.replaceAll('"cdk8s-ml.dev/schedule": "nightly"', '"cdk8s-ml.dev/schedule": "other"');
  expect(await tick('other-1', scheduled(), elsewhere)).toEqual({ code: 0, said: 'other-1 is made\n' });
});

test('what the API server refuses is said, and not tried again', async () => {
  const wrong = (template: string): string =>
    template.replace('"restartStrategy": "BlockingRecreate"', '"restartStrategy": "Sometimes"');
  const { code, said } = await tick('nightly-7', scheduled(), wrong);
  expect(code).toBe(2);
  expect(said).toMatch(/422.*Sometimes/);
});

test('the account may not touch another kind', async () => {
  const pods = (template: string): string =>
    template.replace('"resource": "jobsets"', '"resource": "jobs"').replace('"jobset.x-k8s.io/v1alpha2"', '"batch/v1"');
  const { code, said } = await tick('nightly-8', scheduled(), pods);
  expect(code).toBe(2);
  expect(said).toMatch(/403.*cannot get resource/);
});

test('an API server that does not answer is tried again, then the tick fails so that its Job tries anew', async () => {
  const { code, said } = await tick('nightly-9', scheduled(), undefined, { KUBERNETES_SERVICE_PORT: '1', TRIES: '2' });
  expect(code).toBe(1);
  expect(said).toMatch(/try 1 of 2: .*refused[^]*the API server does not answer/);
});

test('the pod of a tick is allowed where the level is restricted', async () => {
  const cronJob = only(scheduled(), 'CronJob') as unknown as {
    spec: { jobTemplate: { spec: object; metadata: object } };
  };
  const { spec, metadata } = cronJob.spec.jobTemplate;
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...metadata, name: 'nightly-10', namespace: NAMESPACE },
    spec,
  };
  await ring.api.apply(job as Manifest);
  await ring.until({ ...PODS, labels: 'job-name=nightly-10' }, 'the pod of the tick', (pods) =>
    pods.length === 1 ? undefined : 'none',
  );
  await removeManifests(ring.api, [job as Manifest]);
});
