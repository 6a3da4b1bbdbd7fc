import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Affinity, Checkpoints, Component, Delivery, Env, Framework, Queue, TrainingBackend, Volume } from 'cdk8s-ml';
import type { ClusterProfileProps, DistributedTrainingProps } from 'cdk8s-ml';
import { gangOn, only, synth } from '../fixtures';

const OPERATOR: Partial<ClusterProfileProps> = {
  components: [Component.KUBERAY, Component.KUEUE],
  trainingBackend: TrainingBackend.RAY_JOB,
};
const COMMAND = ['python', 'train.py'];
const chartOf = (props: Partial<DistributedTrainingProps> = {}, profile = OPERATOR) =>
  gangOn(profile, { framework: Framework.ray(), command: COMMAND, run: 'v3', ...props });
const jobOf = (...given: Parameters<typeof chartOf>) => only(chartOf(...given), 'RayJob');
const clusterOf = (...given: Parameters<typeof chartOf>) => jobOf(...given).spec.rayClusterSpec;
const headOf = (...given: Parameters<typeof chartOf>) => clusterOf(...given).headGroupSpec.template.spec;
const nodeOf = (...given: Parameters<typeof chartOf>) => clusterOf(...given).workerGroupSpecs[0].template.spec;
const submitterOf = (...given: Parameters<typeof chartOf>) => jobOf(...given).spec.submitterPodTemplate.spec;
const valueOf = ({ containers: [{ env }] }: ReturnType<typeof headOf>, wanted: string) =>
  env.find(({ name }: { name: string }) => name === wanted)?.value;

test('minimal', () => {
  expect(synth(chartOf())).toMatchSnapshot();
});

test('leaves what head and nodes run to the operator, and the program to the script', () => {
  for (const { containers } of [headOf(), nodeOf()]) {
    expect(containers[0]).not.toHaveProperty('command');
    expect(containers[0]).not.toHaveProperty('args');
  }
  expect(jobOf().spec.entrypoint).toBe('python3 /opt/cdk8s-ml/ray_launch.py');
  const mounts = ({ containers: [{ volumeMounts }] }: ReturnType<typeof headOf>) =>
    volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
  expect(mounts(headOf())).toContain('/opt/cdk8s-ml');
  expect(mounts(nodeOf())).not.toContain('/opt/cdk8s-ml');
});

test('gives the words of the program to the script as they are, for which Kubernetes must not put values in', () => {
  const head = headOf({ command: ['sh', '-c', 'a "b" $HOME $$'], args: ['--out=$(CHECKPOINT_DIR)', '$$(RUN)'] });
  const rendered = valueOf(head, 'COMMAND') as string;
  expect(rendered).toContain('--out=$$(CHECKPOINT_DIR)');
  const seen = rendered.replaceAll('$$', '$');
  expect(JSON.parse(seen)).toEqual(['sh', '-c', 'a "b" $HOME $$', '--out=$(CHECKPOINT_DIR)', '$$(RUN)']);
});

test('tells a program of Ray the sizes, and one of torchrun those and the port', () => {
  const ray = headOf();
  expect([valueOf(ray, 'NUM_NODES'), valueOf(ray, 'NUM_PROC_PER_NODE'), valueOf(ray, 'NUM_PROCESSES')]).toEqual([
    '3',
    '8',
    '24',
  ]);
  const torch = nodeOf({ framework: Framework.pytorch(), numProcPerNode: 4 });
  expect([
    valueOf(torch, 'PET_NNODES'),
    valueOf(torch, 'PET_NPROC_PER_NODE'),
    valueOf(torch, 'PET_MASTER_PORT'),
  ]).toEqual(['3', '4', '29500']);
});

test('keeps work off the head, and the number of nodes as it is', () => {
  const { headGroupSpec, workerGroupSpecs, enableInTreeAutoscaling } = clusterOf();
  expect(headGroupSpec.rayStartParams).toEqual({ 'num-cpus': '0', 'num-gpus': '0' });
  expect(workerGroupSpecs).toHaveLength(1);
  expect(workerGroupSpecs[0]).toMatchObject({ replicas: 3, minReplicas: 3, maxReplicas: 3 });
  expect(enableInTreeAutoscaling).toBeUndefined();
});

test('bounds every start, removes the cluster at once and never asks for a TTL, which would keep the GPUs', () => {
  const props = { checkpoints: Checkpoints.claim('fsx'), backoffLimit: 4 };
  for (const delivery of Object.values(Delivery)) {
    const { spec } = jobOf(props, { ...OPERATOR, delivery });
    expect(spec).toMatchObject({ activeDeadlineSeconds: 60 * 3600, backoffLimit: 4, shutdownAfterJobFinishes: true });
    expect(spec).not.toHaveProperty('ttlSecondsAfterFinished');
    expect(spec).not.toHaveProperty('suspend');
  }
});

test('knows the run by a label of its own, since the cluster of each start has another name', () => {
  const { metadata, spec } = clusterOf({ checkpoints: Checkpoints.claim('fsx') }).workerGroupSpecs[0].template;
  expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/instance': 'llm-v3' });
  expect(spec.containers[0].env).toContainEqual({
    name: 'RUN',
    valueFrom: { fieldRef: { fieldPath: "metadata.labels['app.kubernetes.io/instance']" } },
  });
});

test('puts each node on a machine of its own, and head and submitter rather where no GPUs are', () => {
  const apart = nodeOf().affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0];
  expect(apart).toMatchObject({
    topologyKey: 'kubernetes.io/hostname',
    labelSelector: { matchLabels: { 'ray.io/node-type': 'worker' } },
    matchLabelKeys: ['app.kubernetes.io/instance'],
  });
  for (const { affinity, tolerations } of [headOf(), submitterOf()]) {
    expect(affinity).not.toHaveProperty('podAntiAffinity');
    expect(affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution).toContainEqual({
      weight: 100,
      preference: { matchExpressions: [{ key: 'nvidia.com/gpu.present', operator: 'DoesNotExist' }] },
    });
    expect(tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
  }
});

test('puts the head where it is told, with what it is given', () => {
  const head = { cpu: Cpu.units(7), memory: Size.gibibytes(40), affinity: Affinity.requireNodes('pool', 'cpu') };
  const spec = headOf({ framework: Framework.ray({ head: { ...head, tolerations: [] } }) });
  expect(spec.containers[0].resources).toEqual({ requests: { cpu: '7', memory: '40Gi' }, limits: { memory: '40Gi' } });
  expect(spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution).toBeDefined();
  expect(spec).not.toHaveProperty('tolerations');
});

test('submits with a small client that has neither the data nor the variables of the run', () => {
  const { restartPolicy, containers, volumes, initContainers } = submitterOf({
    checkpoints: Checkpoints.claim('fsx'),
    env: { TOKEN: Env.secret('hub', 'token') },
    volumes: [Volume.configMap('settings', { mountPath: '/settings' })],
    sidecars: [{ name: 'logs', image: 'fluent/fluent-bit:4.0.3' }],
  });
  expect(restartPolicy).toBe('Never');
  expect(initContainers).toBeUndefined();
  expect(containers[0].resources).toEqual({ requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '512Mi' } });
  expect(containers[0].securityContext).toMatchObject({ allowPrivilegeEscalation: false });
  expect(containers[0].env.map(({ name }: { name: string }) => name)).toEqual(['HOME', 'USER', 'LOGNAME']);
  expect(volumes.map(({ name }: { name: string }) => name)).toEqual(['home', 'tmp']);
});

test('lets the operator ask the head, and nobody else', () => {
  const { ingress } = only(chartOf(), 'NetworkPolicy').spec;
  expect(ingress).toHaveLength(2);
  expect(ingress[1]).toEqual({
    from: [
      {
        namespaceSelector: {},
        podSelector: { matchLabels: { 'app.kubernetes.io/component': 'kuberay-operator' } },
      },
    ],
    ports: [{ port: 8265, protocol: 'TCP' }],
  });
});

test('lets Kueue bound all starts together', () => {
  const { labels, annotations } = jobOf({ queue: Queue.named('research') }).metadata;
  expect(labels).toMatchObject({
    'kueue.x-k8s.io/queue-name': 'research',
    'kueue.x-k8s.io/max-exec-time-seconds': String(60 * 3600 + 60),
  });
  expect(annotations['argocd.argoproj.io/sync-options']).toBe('Prune=confirm,ServerSideApply=true');
});

test('refuses a name that KubeRay would, variables that it sets, and a run without a command', () => {
  expect(() => synth(chartOf({ run: 'v'.repeat(40), name: 'eight-ch' }))).toThrow(
    /which has 49 characters, and KubeRay takes 47[^]*Shorten name or run by 2 characters/,
  );
  expect(() => synth(chartOf({ env: { RAY_ADDRESS: Env.value('x') } }))).toThrow(/RAY_ADDRESS/);
  expect(() => synth(chartOf({ env: { COMMAND: Env.value('x') } }))).toThrow(/COMMAND/);
  expect(() => synth(chartOf({ command: undefined }))).toThrow(/TRN025[^]*backend ray-job starts it by a script/);
  expect(() => Framework.ray({ head: { cpu: Cpu.units(1), memory: Size.mebibytes(512) } })).toThrow(/head\.memory/);
});
