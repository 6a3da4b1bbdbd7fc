import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  type ClusterProfileProps,
  Component,
  Framework,
  GangScheduler,
  Gpu,
  Provider,
  Schedule,
  ScheduledRetrain,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import { MACHINE } from './fixtures/gang';
import { NAMESPACE, rendered } from './fixtures/rendered';
import { noPods, PODS, running } from './fixtures/running';
import { tick } from './fixtures/tick';
import { waitingWhole } from './fixtures/waiting-gang';
import { ensureNamespace, RESTRICTED } from './ring/accept/namespaces';
import { removeManifests } from './ring/accept/remove-manifests';
import type { Manifest } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { useRing } from './ring/use-ring';

// Runs of a schedule under the plugin Coscheduling: what makes a run makes its group.

const ring = useRing(...CLUSTER, 'coscheduling', 'jobset');

const GROUPED: Partial<ClusterProfileProps> = {
  provider: Provider.ON_PREMISES,
  components: [Component.JOBSET],
  gangScheduler: { scheduler: GangScheduler.COSCHEDULING },
  pools: {},
};
const made: Manifest[] = [];
const added: Manifest[] = [];

beforeAll(async () => {
  await ensureNamespace(ring.api, NAMESPACE, RESTRICTED);
  await addNodes(
    ring.api,
    ['a', 'b', 'c'].map((name) => gpuNode(name, MACHINE)),
  );
});

afterEach(async () => {
  await removeManifests(ring.api, made.splice(0));
  await noPods(ring);
  await removeManifests(ring.api, added.splice(0)); // a pod on a node that is gone stays
});

/** Adds the fourth node. */
async function makeRoom(): Promise<void> {
  added.push(gpuNode('d', MACHINE));
  await addNodes(ring.api, [gpuNode('d', MACHINE)]);
}

const GROUPS = { apiVersion: 'scheduling.x-k8s.io/v1alpha1', kind: 'PodGroup', namespace: NAMESPACE };

function scheduled(backend: TrainingBackend): Manifest[] {
  return rendered(GROUPED, (chart) => {
    new ScheduledRetrain(chart, 'nightly', {
      schedule: Schedule.expression('0 2 * * *'),
      job: TrainingRun.distributed({
        backend,
        framework: Framework.pytorch(),
        numNodes: 4,
        gpuPerNode: Gpu.h100(8),
        image: 'registry.example.com/llm:v2',
        command: ['torchrun', 'train.py'],
        cpu: Cpu.units(90),
        memory: Size.gibibytes(900),
        activeDeadline: Duration.hours(6),
      }),
    });
  });
}

test.each([
  ['Job', TrainingBackend.INDEXED_JOB, 'batch/v1', '-gang'],
  ['JobSet', TrainingBackend.JOB_SET, 'jobset.x-k8s.io/v1alpha2', ''],
])('a %s has a group for each run, which goes with it', async (kind, backend, apiVersion, suffix) => {
  const objects = scheduled(backend);
  for (const object of objects) await ring.api.apply(object);
  made.push(...objects);
  const name = `nightly-1${suffix}`;
  expect(await tick(ring, 'nightly-1', objects)).toEqual({ code: 0, said: `${name} is made\n` });
  const pods = 'app.kubernetes.io/name=nightly';
  await waitingWhole(ring, 4, pods);
  expect(await tick(ring, 'nightly-1', objects)).toEqual({ code: 0, said: `${name} is there already\n` });
  await makeRoom();
  await running(ring, 4, pods);
  const run = { apiVersion, kind, metadata: { name, namespace: NAMESPACE } };
  await removeManifests(ring.api, [run]);
  await ring.until(GROUPS, 'the group being gone', (all) => (all.length === 0 ? undefined : `${all.length} there`));
});

test('a tick that was cut off before it made the group makes it when it is tried again', async () => {
  const objects = scheduled(TrainingBackend.JOB_SET);
  for (const object of objects) await ring.api.apply(object);
  made.push(...objects);
  const ungrouped = (template: string): string => {
    const { group: _, ...rest } = JSON.parse(template) as { readonly group: object };
    return JSON.stringify(rest);
  };
  await makeRoom();
  expect(await tick(ring, 'nightly-2', objects, ungrouped)).toEqual({ code: 0, said: 'nightly-2 is made\n' });
  await ring.until({ ...PODS, labels: 'app.kubernetes.io/name=nightly' }, 'four pods', (all) =>
    all.length === 4 ? undefined : `${all.length} there`,
  );
  expect((await tick(ring, 'nightly-2', objects)).code).toBe(0);
  await running(ring, 4, 'app.kubernetes.io/name=nightly');
  made.push({
    apiVersion: 'jobset.x-k8s.io/v1alpha2',
    kind: 'JobSet',
    metadata: { name: 'nightly-2', namespace: NAMESPACE },
  });
});
