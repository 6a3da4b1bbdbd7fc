import { ApiObject, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import {
  Acknowledge,
  Checkpoints,
  Delivery,
  Gpu,
  GpuNodePool,
  GpuTrainingJob,
  Queue,
  SecurityProfile,
  TaintEffect,
} from 'cdk8s-ml';
import type { ClusterProfileProps, GpuTrainingJobProps } from 'cdk8s-ml';
import { chartWith, EVERY_RUN, only, POOLS, SINGLE } from './fixtures';

const checkpoints = Checkpoints.claim('state');

function jobOf(props: Partial<GpuTrainingJobProps> = {}, profile?: Partial<ClusterProfileProps>) {
  const chart = chartWith(profile);
  new GpuTrainingJob(chart, 'bert', { ...SINGLE, ...props });
  return only(chart, 'Job');
}

describe('GpuTrainingJob', () => {
  test('minimal', () => {
    expect(jobOf()).toMatchSnapshot();
  });

  test('everything', () => {
    const chart = chartWith(POOLS);
    const all: Required<GpuTrainingJobProps> = {
      ...EVERY_RUN,
      gpu: Gpu.h100(2),
      run: 'v3',
      name: 'bert-large',
      ttl: Duration.hours(7),
      pool: GpuNodePool.fromProfile(chart, 'h100'),
      queue: Queue.named('research'),
      tolerations: [],
    };
    const job = new GpuTrainingJob(chart, 'bert', all);
    Acknowledge.of(job).add('TRN002', 'This namespace is applied once, by hand.');
    expect(only(chart, 'Job')).toMatchSnapshot();
  });

  test('asks the scheduler for one GPU when none is said, request equal to limit, as text', () => {
    const { resources } = jobOf().spec.template.spec.containers[0];
    expect(resources).toEqual({
      requests: { cpu: '7', memory: '40Gi', 'nvidia.com/gpu': '1' },
      limits: { memory: '40Gi', 'nvidia.com/gpu': '1' },
    });
  });

  test('is named after its id and its run', () => {
    expect(jobOf().metadata.name).toBe('bert');
    expect(jobOf({ run: 'v3' }).metadata.name).toBe('bert-v3');
    expect(jobOf({ run: 'v3', name: 'large' }).metadata.name).toBe('large-v3');
  });

  test('gives every run directories of its own, by a label of the pod and not by its name', () => {
    const { template } = jobOf({ checkpoints, run: 'v3' }).spec;
    expect(template.spec.containers[0].env.slice(0, 2)).toEqual([
      { name: 'RUN', valueFrom: { fieldRef: { fieldPath: "metadata.labels['batch.kubernetes.io/job-name']" } } },
      { name: 'CHECKPOINT_DIR', value: '/ckpt/$(RUN)' },
    ]);
    expect(JSON.stringify(template.spec)).not.toContain('bert');
  });

  test('starts from another run only on purpose', () => {
    const { env } = jobOf({ checkpoints: Checkpoints.claim('state', { resumeFrom: 'bert-v2' }) }).spec.template.spec
      .containers[0];
    expect(env).toContainEqual({ name: 'RESUME_DIR', value: '/ckpt/bert-v2' });
  });

  test('retries disruptions without counting them, and neither named bugs nor a lack of memory', () => {
    const { podFailurePolicy, podReplacementPolicy } = jobOf({ failOnExitCodes: [42, 2] }).spec;
    expect(podFailurePolicy.rules).toEqual([
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
      { action: 'FailJob', onExitCodes: { containerName: 'trainer', operator: 'In', values: [2, 42, 137] } },
    ]);
    expect(podReplacementPolicy).toBe('Failed');
  });

  test('retries a lack of memory when told to', () => {
    expect(jobOf({ retryOutOfMemory: true }).spec.podFailurePolicy.rules).toHaveLength(1);
  });

  test('retries twice with checkpoints and never without', () => {
    expect(jobOf({ checkpoints }).spec.backoffLimit).toBe(2);
    expect(jobOf().spec.backoffLimit).toBe(0);
  });

  test('has no TTL when Git declares it, and one of a day when it is created once', () => {
    expect(jobOf().spec.ttlSecondsAfterFinished).toBeUndefined();
    expect(jobOf({}, { delivery: Delivery.CREATE_ONCE }).spec.ttlSecondsAfterFinished).toBe(86400);
  });

  test('asks Argo CD to confirm before a declared run is pruned', () => {
    const annotation = 'argocd.argoproj.io/sync-options';
    expect(jobOf().metadata.annotations[annotation]).toBe('Prune=confirm');
    expect(jobOf({}, { delivery: Delivery.CREATE_ONCE }).metadata.annotations[annotation]).toBeUndefined();
  });

  test('never writes suspend, which Kueue owns', () => {
    expect(jobOf({ queue: Queue.named('research') }).spec).not.toHaveProperty('suspend');
  });

  test('carries the queue on the object and never on its pods', () => {
    const job = jobOf({ queue: Queue.named('research'), workloadPriorityClassName: 'high' });
    expect(job.metadata.labels).toMatchObject({
      'kueue.x-k8s.io/queue-name': 'research',
      'kueue.x-k8s.io/priority-class': 'high',
    });
    expect(Object.keys(job.spec.template.metadata.labels).filter((label) => label.startsWith('kueue'))).toEqual([]);
  });

  test('leaves nodes and tolerations to the queue, or carries those of its flavor', () => {
    const unknown = jobOf({ queue: Queue.named('research') }).spec.template.spec;
    expect([unknown.nodeSelector, unknown.tolerations]).toEqual([undefined, undefined]);
    const known = jobOf({ queue: Queue.named('research') }, POOLS).spec.template.spec;
    expect(known.tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: TaintEffect.NO_SCHEDULE }]);
  });

  test('takes selector, tolerations and share of the node from its pool', () => {
    const chart = chartWith(POOLS);
    const pool = GpuNodePool.fromProfile(chart, 'h100');
    new GpuTrainingJob(chart, 'bert', {
      image: SINGLE.image,
      activeDeadline: SINGLE.activeDeadline,
      gpu: Gpu.h100(2),
      pool,
    });
    const { spec } = only(chart, 'Job').spec.template;
    expect(spec.nodeSelector).toEqual({ 'node.kubernetes.io/instance-type': 'p5.48xlarge' });
    expect(spec.containers[0].resources.requests['nvidia.com/gpu']).toBe('2');
    // 2 of 8 GPUs: a quarter of 191,450 less 2,000 millis, and of 1,938,410 MiB less 16 GiB.
    expect(spec.containers[0].resources.requests).toMatchObject({ cpu: '47300m', memory: '469Gi' });
  });

  test('shortens the grace period to what a spot node gives', () => {
    const chart = chartWith(POOLS);
    const pool = GpuNodePool.fromProfile(chart, 'spot');
    new GpuTrainingJob(chart, 'bert', { ...SINGLE, gpu: Gpu.l4(1), pool, checkpoints });
    expect(only(chart, 'Job').spec.template.spec.terminationGracePeriodSeconds).toBe(110);
  });

  test('passes the level restricted, with a user that has a name and a home', () => {
    const { spec } = jobOf().spec.template;
    expect(spec.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(spec.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
    expect(spec.containers[0].env).toEqual(
      expect.arrayContaining([
        { name: 'HOME', value: '/home/run' },
        { name: 'USER', value: 'run' },
      ]),
    );
  });

  test('leaves user and home to the image when told to', () => {
    const { spec } = jobOf({ security: SecurityProfile.image() }).spec.template;
    expect(spec.securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
    expect(spec.containers[0].env.map(({ name }: { name: string }) => name)).not.toContain('HOME');
    expect(spec.volumes.map(({ name }: { name: string }) => name)).not.toContain('home');
  });

  test('keeps a patch of the user on any field, also one it does not know', () => {
    const chart = chartWith();
    const job = new GpuTrainingJob(chart, 'bert', SINGLE);
    ApiObject.of(job).addJsonPatch(
      JsonPatch.replace('/spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu', 4),
      JsonPatch.add('/spec/notYetKnown', 1),
    );
    const { spec } = Testing.synth(chart)[0];
    expect([spec.template.spec.containers[0].resources.limits['nvidia.com/gpu'], spec.notYetKnown]).toEqual([4, 1]);
  });

  test('does not touch its props, and does not see later changes of them', () => {
    const command = ['python', 'train.py'];
    const chart = chartWith();
    new GpuTrainingJob(chart, 'bert', Object.freeze({ ...SINGLE, command }));
    command.push('--later');
    expect(only(chart, 'Job').spec.template.spec.containers[0].command).toEqual(['python', 'train.py']);
  });

  test('COR005 refuses an id that is no name of Kubernetes, and a name that grows too long with its run', () => {
    expect(() => new GpuTrainingJob(chartWith(), 'My_Model', SINGLE)).toThrow(
      /\[team\/My_Model\] COR005: the name 'My_Model'/,
    );
    expect(() => jobOf({ name: 'x'.repeat(60), run: 'v100' })).toThrow(/COR005.*no more than 63 characters/);
  });

  test('COR002 COR003 COR001 reports all wrong shapes at once, with the nearest name', () => {
    const props = { image: 7, gpuCount: 2, comand: ['x'] } as unknown as GpuTrainingJobProps;
    let message = '';
    try {
      new GpuTrainingJob(chartWith(), 'bert', props);
    } catch (error) {
      message = (error as Error).message;
    }
    for (const part of [
      "COR002: 'gpuCount'",
      'Write command.',
      'COR001: image is 7',
      'COR003: activeDeadline is not set',
    ])
      expect(message).toContain(part);
  });

  test('asks for memory that is not said only where no pool or model gives it', () => {
    expect(() => jobOf({ memory: undefined, gpu: Gpu.any(1) })).toThrow(/GPU008: memory is not set/);
    expect(
      jobOf({ memory: undefined, gpu: Gpu.l4(1) }).spec.template.spec.containers[0].resources.requests.memory,
    ).toMatch(/^\d+Gi$/);
  });

  test('gives shared memory by what the container has', () => {
    const shm = (memory: Size) =>
      jobOf({ memory }).spec.template.spec.volumes.find((volume: { name: string }) => volume.name === 'shm').emptyDir;
    expect(shm(Size.gibibytes(40))).toEqual({ medium: 'Memory', sizeLimit: '10Gi' });
    expect(shm(Size.gibibytes(4))).toEqual({ medium: 'Memory', sizeLimit: '2Gi' });
  });
});
