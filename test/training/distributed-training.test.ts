import { ApiObject, JsonPatch, Testing } from 'cdk8s';
import {
  Checkpoints,
  Component,
  DistributedTraining,
  Fabric,
  Framework,
  Gpu,
  GpuNodePool,
  Provider,
  Queue,
  RestartScope,
  Topology,
  TrainingBackend,
} from 'cdk8s-ml';
import type { ClusterProfileProps, DistributedTrainingProps } from 'cdk8s-ml';
import { Duration } from 'cdk8s';
import { Acknowledge } from 'cdk8s-ml';
import { chartWith, EVERY_RUN, GANG, only, POOLS, synth } from './fixtures';

// Not the name alone, which a server in the namespace may share.
const MEMBERS = { 'app.kubernetes.io/name': 'llm', 'app.kubernetes.io/component': 'training' };
const OPERATOR = { components: [Component.TRAINING_OPERATOR], trainingBackend: TrainingBackend.PYTORCH_JOB };

function gangOf(props: Partial<DistributedTrainingProps> = {}, profile?: Partial<ClusterProfileProps>) {
  const chart = chartWith(profile);
  new DistributedTraining(chart, 'llm', { ...GANG, ...props });
  return chart;
}

describe('DistributedTraining', () => {
  test('minimal', () => {
    expect(synth(gangOf())).toMatchSnapshot();
  });

  test('everything', () => {
    const chart = chartWith(POOLS);
    // Excludes queue, and every backend but one.
    const all: Required<Omit<DistributedTrainingProps, 'volcanoQueue'>> = {
      ...EVERY_RUN,
      framework: Framework.pytorch(),
      numNodes: 2,
      gpuPerNode: Gpu.h100(8),
      numProcPerNode: 4,
      parallelism: { tensor: 2, pipeline: 1, context: 2, expert: 2, expertTensor: 1 },
      elastic: {
        minNodes: 1,
        maxRestarts: 7,
        startTimeout: Duration.minutes(31),
        completionTimeout: Duration.minutes(9),
      },
      backend: TrainingBackend.INDEXED_JOB,
      fabric: Fabric.efa(),
      restartScope: RestartScope.POD,
      topology: Topology.preferred('network-node-layer-3'),
      run: 'v3',
      name: 'large',
      ttl: Duration.hours(7),
      pool: GpuNodePool.fromProfile(chart, 'h100'),
      queue: Queue.named('research'),
      tolerations: [],
    };
    Acknowledge.of(new DistributedTraining(chart, 'llm', all)).add(
      'TRN002',
      'This namespace is applied once, by hand.',
    );
    expect(synth(chart)).toMatchSnapshot();
  });

  test('PyTorchJob minimal', () => {
    expect(synth(gangOf({}, OPERATOR))).toMatchSnapshot();
  });

  test('tells every process of an Indexed Job how many there are and where the first one is', () => {
    const { env } = only(gangOf({ run: 'v3' }), 'Job').spec.template.spec.containers[0];
    expect(env.filter(({ name }: { name: string }) => name.startsWith('PET_'))).toEqual([
      { name: 'PET_NNODES', value: '3' },
      { name: 'PET_NPROC_PER_NODE', value: '8' },
      {
        name: 'PET_NODE_RANK',
        valueFrom: { fieldRef: { fieldPath: "metadata.labels['batch.kubernetes.io/job-completion-index']" } },
      },
      { name: 'PET_MASTER_ADDR', value: '$(RUN)-0.llm' },
      { name: 'PET_MASTER_PORT', value: '29500' },
    ]);
  });

  test('serves programs that read plain variables', () => {
    const { env } = only(gangOf({ framework: Framework.plain() }), 'Job').spec.template.spec.containers[0];
    const names = env.map(({ name }: { name: string }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['NUM_NODES', 'NUM_PROC_PER_NODE', 'NODE_RANK', 'MASTER_ADDR', 'MASTER_PORT']),
    );
    expect(names.filter((name: string) => name.startsWith('PET_'))).toEqual([]);
  });

  test('publishes host names before pods are ready, under a name that no run changes', () => {
    const service = only(gangOf({ run: 'v3' }), 'Service');
    expect(service.metadata.name).toBe('llm');
    expect(service.metadata.labels).not.toHaveProperty('cdk8s-ml.dev/run');
    expect(service.spec).toMatchObject({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: MEMBERS,
    });
    expect(only(gangOf({ run: 'v3' }), 'Job').spec.template.spec.subdomain).toBe('llm');
  });

  test('lets only the gang reach the gang', () => {
    const members = { podSelector: { matchLabels: MEMBERS } };
    expect(only(gangOf(), 'NetworkPolicy').spec).toEqual({
      ...members,
      policyTypes: ['Ingress'],
      ingress: [{ from: [members] }],
    });
  });

  test('counts a failure for every pod, since peers fail together', () => {
    const spec = only(gangOf({ checkpoints: Checkpoints.claim('fsx'), backoffLimit: 4 }), 'Job').spec;
    expect(spec).toMatchObject({ backoffLimit: 12, completionMode: 'Indexed', completions: 3, parallelism: 3 });
  });

  test('puts one pod on a node, and all into one zone where there are zones', () => {
    const term = (topologyKey: string) => [
      {
        topologyKey,
        labelSelector: { matchLabels: MEMBERS },
        matchLabelKeys: ['batch.kubernetes.io/job-name'],
      },
    ];
    const affinity = (profile: object) => only(gangOf({}, profile), 'Job').spec.template.spec.affinity;
    expect(affinity({ provider: Provider.AWS })).toMatchObject({
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: term('kubernetes.io/hostname') },
      podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: term('topology.kubernetes.io/zone') },
    });
    expect(affinity({ provider: Provider.ON_PREMISES })).not.toHaveProperty('podAffinity');
  });

  test('writes a PyTorchJob without a Master, whose extra container no restricted namespace takes', () => {
    const { spec } = only(gangOf({}, OPERATOR), 'PyTorchJob');
    expect(Object.keys(spec.pytorchReplicaSpecs)).toEqual(['Worker']);
    expect(spec.pytorchReplicaSpecs.Worker).toMatchObject({ replicas: 3, restartPolicy: 'OnFailure' });
    expect(spec).toMatchObject({ nprocPerNode: '8', runPolicy: { cleanPodPolicy: 'Running' } });
  });

  test('gives a PyTorchJob one restart more than may fail, since the operator ends it when the number is reached', () => {
    const limitOf = (props: Partial<DistributedTrainingProps>): unknown =>
      only(gangOf(props, OPERATOR), 'PyTorchJob').spec.runPolicy.backoffLimit;
    expect(limitOf({ backoffLimit: 0 })).toBe(1);
    expect(limitOf({ checkpoints: Checkpoints.claim('fsx'), backoffLimit: 4 })).toBe(13);
  });

  test('ends the pods of a PyTorchJob soon after its deadline, which the operator does not watch', () => {
    const { runPolicy, pytorchReplicaSpecs } = only(gangOf({}, OPERATOR), 'PyTorchJob').spec;
    expect(runPolicy.activeDeadlineSeconds).toBe(216000);
    expect(pytorchReplicaSpecs.Worker.template.spec.activeDeadlineSeconds).toBe(216010);
  });

  test('tells the processes of a PyTorchJob what the operator leaves out without a Master, and nothing twice', () => {
    const { env, name, ports } = only(gangOf({}, OPERATOR), 'PyTorchJob').spec.pytorchReplicaSpecs.Worker.template.spec
      .containers[0];
    expect(name).toBe('pytorch');
    expect(ports).toEqual([{ name: 'pytorchjob-port', containerPort: 23456 }]);
    expect(env.filter((entry: { name: string }) => entry.name.startsWith('PET_'))).toEqual([
      {
        name: 'PET_NODE_RANK',
        valueFrom: { fieldRef: { fieldPath: "metadata.labels['training.kubeflow.org/replica-index']" } },
      },
      { name: 'PET_MASTER_ADDR', value: '$(RUN)-worker-0' },
      { name: 'PET_MASTER_PORT', value: '23456' },
    ]);
  });

  test('says how large the world is', () => {
    const training = new DistributedTraining(chartWith(), 'llm', { ...GANG, numProcPerNode: 2 });
    expect([training.numNodes, training.numProcPerNode, training.worldSize]).toEqual([3, 2, 6]);
  });

  test.each(['Job', 'Service', 'NetworkPolicy'])('keeps a patch of the user on the %s', (kind) => {
    const chart = gangOf();
    const training = chart.node.findChild('llm');
    const child = kind === 'Job' ? 'Resource' : kind;
    ApiObject.of(training.node.findChild(child)).addJsonPatch(JsonPatch.add('/spec/notYetKnown', { at: 'all' }));
    const objects = Testing.synth(chart) as { kind: string; spec: { notYetKnown?: object } }[];
    expect(objects.find((object) => object.kind === kind)?.spec.notYetKnown).toEqual({ at: 'all' });
  });
});
