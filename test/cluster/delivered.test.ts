import { emittedByExamples, emittedBySnapshots } from './fixtures/emitted';
import { acceptManifests } from './ring/accept/accept-manifests';
import { changesOfApplyingAgain } from './ring/accept/apply-again';
import { RESTRICTED, ensureNamespace } from './ring/accept/namespaces';
import { makePrerequisites } from './ring/accept/prerequisites';
import { removeManifests } from './ring/accept/remove-manifests';
import { installCrdsFor } from './ring/api/crds';
import { type Manifest, title } from './ring/api/manifest';
import { CLUSTER } from './ring/components';
import { addNodes, gpuNode } from './ring/nodes/nodes';
import { warningsIn } from './ring/nodes/pods';
import { useRing } from './ring/use-ring';

// Everything that the constructs render, delivered into a cluster of controllers, the operators of all training backends and Kueue, in
// namespaces that enforce `restricted`: the pods that are meant come to be, and nothing changes when all is applied again
// after everybody has written to it.

const ring = useRing(...CLUSTER, 'training-operator', 'jobset', 'trainer', 'mpi-operator', 'kueue');
const NAMESPACE = 'default';
const QUEUES = { apiVersion: 'kueue.x-k8s.io/v1beta2' };

beforeAll(async () => {
  const quotas = ['cpu', 'memory', 'ephemeral-storage', 'nvidia.com/gpu', 'vpc.amazonaws.com/efa'];
  const resources = quotas.map((name) => ({ name, nominalQuota: '1000Ti' }));
  const tolerations = [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }];
  const group = { coveredResources: quotas, flavors: [{ name: 'any', resources }] };
  const spec = { namespaceSelector: {}, resourceGroups: [group] };
  await ring.api.apply({ ...QUEUES, kind: 'ResourceFlavor', metadata: { name: 'any' }, spec: { tolerations } });
  await ring.api.apply({ ...QUEUES, kind: 'ClusterQueue', metadata: { name: 'any' }, spec });

  // The same with a topology: that of the one example which asks for it.
  const levels = [BLOCK, SUBBLOCK, 'kubernetes.io/hostname'].map((nodeLabel) => ({ nodeLabel }));
  const near = { coveredResources: quotas, flavors: [{ name: 'near', resources }] };
  const flavor = { nodeLabels: { [MACHINE_LABEL]: MACHINE }, tolerations, topologyName: 'blocks' };
  await ring.api.apply({ ...QUEUES, kind: 'Topology', metadata: { name: 'blocks' }, spec: { levels } });
  await ring.api.apply({ ...QUEUES, kind: 'ResourceFlavor', metadata: { name: 'near' }, spec: flavor });
  await ring.api.apply({
    ...QUEUES,
    kind: 'ClusterQueue',
    metadata: { name: 'near' },
    spec: { namespaceSelector: {}, resourceGroups: [near] },
  });
});

const BLOCK = 'cloud.google.com/gce-topology-block';
const SUBBLOCK = 'cloud.google.com/gce-topology-subblock';
const MACHINE_LABEL = 'node.kubernetes.io/instance-type';
const MACHINE = 'a3-highgpu-8g';
const NODES = 16;

/** Nodes of one block, for runs that Kueue gives their nodes. */
function blockOf(objects: Manifest[]): Manifest[] {
  if (!asksForTopology(objects)) return [];
  return Array.from({ length: NODES }, (_, index) =>
    gpuNode(`block-${index}`, MACHINE, { labels: { [BLOCK]: 'a', [SUBBLOCK]: `a${index % 2}` } }),
  );
}

function asksForTopology(objects: Manifest[]): boolean {
  return /kueue\.x-k8s\.io\/podset-(required|preferred|unconstrained)-topology/.test(JSON.stringify(objects));
}

/** The queue and the priority that a workload names. */
function queuesOf(objects: Manifest[]): Manifest[] {
  const clusterQueue = asksForTopology(objects) ? 'near' : 'any';
  return objects.flatMap(({ metadata: { labels = {}, namespace = NAMESPACE } }) => {
    const queue = labels['kueue.x-k8s.io/queue-name'];
    const priority = labels['kueue.x-k8s.io/priority-class'];
    return [
      ...(queue
        ? [{ ...QUEUES, kind: 'LocalQueue', metadata: { name: queue, namespace }, spec: { clusterQueue } }]
        : []),
      ...(priority ? [{ ...QUEUES, kind: 'WorkloadPriorityClass', metadata: { name: priority }, value: 1 }] : []),
    ];
  });
}

interface Group {
  readonly replicas?: number;
  readonly parallelism?: number;
  readonly template?: { readonly spec?: Group };
}

/** How many pods an object makes by itself. Those of Ray and Volcano make theirs in rings of their own. */
function podsMeantBy({ apiVersion, kind, spec }: Manifest, objects: Manifest[]): number {
  if (apiVersion.startsWith('batch.volcano.sh/') || apiVersion.startsWith('ray.io/')) return 0;
  const fields = (spec ?? {}) as { [field: string]: unknown };
  const sum = (groups: Group[], podsOf: (group: Group) => number): number =>
    groups.reduce((all, group) => all + podsOf(group), 0);
  const replicaSpecs = Object.keys(fields).find((field) => field.endsWith('ReplicaSpecs'));
  if (replicaSpecs !== undefined) {
    return sum(Object.values(fields[replicaSpecs] as { [role: string]: Group }), ({ replicas = 1 }) => replicas);
  }
  switch (kind) {
    case 'Job':
      return (fields as Group).parallelism ?? 1;
    case 'JobSet':
      return sum(
        fields.replicatedJobs as Group[],
        ({ replicas = 1, template }) => replicas * (template?.spec?.parallelism ?? 1),
      );
    case 'TrainJob':
      return (fields.trainer as { numNodes: number }).numNodes;
    case 'Deployment': {
      const scaler = objects.find((each) => each.kind === 'HorizontalPodAutoscaler');
      return (fields as Group).replicas ?? (scaler?.spec as { minReplicas?: number } | undefined)?.minReplicas ?? 1;
    }
    default:
      return 0;
  }
}

/** A Job as a schedule makes it. */
function tickOf({ metadata, spec }: Manifest): Manifest {
  const { jobTemplate } = spec as { jobTemplate: { metadata?: object; spec: object } };
  const { name, namespace } = metadata;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...jobTemplate.metadata, name: `${name}-1`, namespace },
    spec: jobTemplate.spec,
  };
}

async function deliver(emitted: Manifest[]): Promise<void> {
  const ticks = emitted.filter(({ kind }) => kind === 'CronJob').map(tickOf);
  const objects = [...emitted, ...ticks];
  const namespaces = new Set(objects.map(({ metadata }) => metadata.namespace ?? NAMESPACE));
  await installCrdsFor(ring.api, objects);
  for (const name of namespaces) await ensureNamespace(ring.api, name, RESTRICTED);
  await makePrerequisites(ring.api, objects);
  const nodes = blockOf(objects);
  await addNodes(ring.api, nodes);
  for (const object of queuesOf(objects)) await ring.api.apply(object);
  try {
    await acceptManifests(ring.api, objects, { keep: true });
    for (const namespace of namespaces) {
      const own = objects.filter(({ metadata }) => (metadata.namespace ?? NAMESPACE) === namespace);
      const meant = own.reduce((sum, object) => sum + podsMeantBy(object, own), 0);
      const awaited = `${meant} pods of ${own.map(title).join(', ')}`;
      await ring.until({ apiVersion: 'v1', kind: 'Pod', namespace }, awaited, (pods) =>
        pods.length === meant ? undefined : `there are ${pods.length}`,
      );
      expect(await warningsIn(ring.api, namespace, /^FailedCreate/)).toEqual([]);
    }
    expect(await changesOfApplyingAgain(ring.api, objects)).toEqual([]);
  } finally {
    await removeManifests(ring.api, objects);
    for (const namespace of namespaces) {
      await ring.until({ apiVersion: 'v1', kind: 'Pod', namespace }, 'all pods being gone', (pods) =>
        pods.length === 0 ? undefined : pods.map(title).join(', '),
      );
    }
    await removeManifests(ring.api, nodes);
    await removeManifests(ring.api, queuesOf(objects));
  }
}

describe('a cluster makes the pods of', () => {
  test.each(emittedByExamples())('%s', (_title, objects) => deliver(objects));

  test.each(emittedBySnapshots())('the snapshot %s', (_title, objects) => deliver(objects));
});
