import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Affinity,
  Checkpoints,
  Claim,
  Env,
  Gpu,
  GpuTrainingJob,
  ImagePullPolicy,
  Queue,
  SecurityProfile,
  SharedMemory,
  TaintEffect,
  Volume,
} from 'cdk8s-ml';
import { complaint, jobComplaints, podOf } from '../complaints';
import { chartWith, only, SINGLE } from '../training/fixtures';

describe('resources', () => {
  test('are text, request equal to limit, with no limit for CPU', () => {
    const [{ resources }] = podOf({
      gpu: Gpu.any(3),
      cpu: kplus.Cpu.millis(7500),
      memory: Size.gibibytes(40),
      ephemeralStorage: Size.gibibytes(9),
    }).containers;
    expect(resources.limits).toEqual({ memory: '40Gi', 'ephemeral-storage': '40Gi', 'nvidia.com/gpu': '3' });
    expect(resources.requests).toEqual({ ...resources.limits, cpu: '7500m' });
  });

  test('of containers beside the main one are small but not nothing', () => {
    const { initContainers } = podOf({
      initContainers: [{ name: 'prepare', image: 'busybox:1.37' }],
      sidecars: [{ name: 'logs', image: 'busybox:1.37', cpu: kplus.Cpu.millis(50), memory: Size.mebibytes(64) }],
    });
    expect(initContainers.map(({ resources }: { resources: unknown }) => resources)).toEqual([
      { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '256Mi' } },
      { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '64Mi' } },
    ]);
  });
});

describe('environment', () => {
  const names = (env: { name: string }[]) => env.map(({ name }) => name);

  test('starts with what the rest may refer to, and keeps the order of the user', () => {
    const [{ env }] = podOf({
      env: { B: Env.value('1'), A: Env.value('$(B)') },
      checkpoints: Checkpoints.claim('c'),
    }).containers;
    expect(names(env).slice(0, 2)).toEqual(['RUN', 'CHECKPOINT_DIR']);
    expect(names(env).slice(-2)).toEqual(['B', 'A']);
  });

  test('puts names that are numbers first, in their order, as JavaScript does', () => {
    const [{ env }] = podOf({ env: { Z: Env.value('z'), '10': Env.value('b'), '9': Env.value('a') } }).containers;
    expect(names(env).slice(-3)).toEqual(['9', '10', 'Z']);
  });

  test('leaves to the user what is theirs to choose', () => {
    const [{ env }] = podOf({ env: { HF_HOME: Env.value('/models/hf') } }).containers;
    expect(env.filter(({ name }: { name: string }) => name === 'HF_HOME')).toEqual([
      { name: 'HF_HOME', value: '/models/hf' },
    ]);
  });

  test('gives a name to a user that the image does not know, and none to one that it knows', () => {
    const homes = (security: SecurityProfile) =>
      names(podOf({ security }).containers[0].env).filter((name) => ['HOME', 'USER', 'LOGNAME'].includes(name));
    expect(homes(SecurityProfile.restricted())).toEqual(['HOME', 'USER', 'LOGNAME']);
    expect(homes(SecurityProfile.image())).toEqual([]);
  });

  test('takes every kind of EnvValue of cdk8s-plus', () => {
    const [{ env }] = podOf({
      env: {
        IP: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_IP),
        TEAM: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_LABEL, { key: 'team' }),
        LIMIT: kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.MEMORY_LIMIT, { divisor: '1Mi' }),
        PLAIN: kplus.EnvValue.fromValue('x'),
      },
    }).containers;
    expect(env.slice(-4)).toEqual([
      { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'TEAM', valueFrom: { fieldRef: { fieldPath: "metadata.labels['team']" } } },
      { name: 'LIMIT', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
      { name: 'PLAIN', value: 'x' },
    ]);
  });
});

describe('volumes', () => {
  const shared = Volume.scratch({ mountPath: '/shared/x', sizeLimit: Size.gibibytes(1) });

  test('give every container a place to write, and the processes memory to share', () => {
    const { volumes, containers } = podOf({ memory: Size.gibibytes(40) });
    expect(volumes).toEqual([
      { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '10Gi' } },
      { name: 'cache', emptyDir: { sizeLimit: '20Gi' } },
      { name: 'home', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'tmp', emptyDir: { sizeLimit: '10Gi' } },
    ]);
    expect(containers[0].volumeMounts).toEqual([
      { name: 'shm', mountPath: '/dev/shm' },
      { name: 'cache', mountPath: '/cache' },
      { name: 'home', mountPath: '/home/run' },
      { name: 'tmp', mountPath: '/tmp' },
    ]);
  });

  test('of the user take the place of ours', () => {
    const { volumes } = podOf({ volumes: [Volume.claim('fast', { mountPath: '/cache/' })] });
    expect(volumes.map(({ name }: { name: string }) => name)).toEqual(['cache-2', 'shm', 'home', 'tmp']);
    expect(volumes[0]).toEqual({ name: 'cache-2', persistentVolumeClaim: { claimName: 'fast' } });
  });

  test('that several containers share are one volume', () => {
    const { volumes, containers, initContainers } = podOf({
      volumes: [shared],
      initContainers: [{ name: 'prepare', image: 'busybox:1.37', volumes: [shared] }],
    });
    expect(volumes.filter(({ name }: { name: string }) => name === 'shared-x')).toHaveLength(1);
    for (const container of [containers[0], initContainers[0]])
      expect(container.volumeMounts).toContainEqual({ name: 'shared-x', mountPath: '/shared/x' });
  });

  test('of one name-like path get names of their own', () => {
    const { volumes } = podOf({
      volumes: [Volume.configMap('a', { mountPath: '/a/b' }), Volume.secret('b', { mountPath: '/a-b' })],
      initContainers: [{ name: 'x', image: 'busybox:1.37', volumes: [Volume.configMap('c', { mountPath: '/_/' })] }],
    });
    expect(volumes.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['a-b', 'a-b-2', 'volume']),
    );
  });

  test('of every kind are written as Kubernetes takes them', () => {
    const { volumes } = podOf({
      volumes: [
        Volume.claim('c', { mountPath: '/a', readOnly: true, subPath: 'x/y' }),
        Volume.scratch({ mountPath: '/b', sizeLimit: Size.mebibytes(300), inMemory: true }),
        Volume.ephemeralClaim({ mountPath: '/c', size: Size.gibibytes(5), storageClassName: 'fast' }),
        Volume.secret('s', { mountPath: '/d', defaultMode: 0o440 }),
        Volume.configMap('m', { mountPath: '/e' }),
        Volume.csi('secrets-store.csi.k8s.io', { secretProviderClass: 'x' }, { mountPath: '/f', readOnly: true }),
      ],
    });
    expect(volumes.slice(0, 6).map(({ name: _, ...source }: { name: string }) => source)).toEqual([
      { persistentVolumeClaim: { claimName: 'c', readOnly: true } },
      { emptyDir: { medium: 'Memory', sizeLimit: '300Mi' } },
      {
        ephemeral: {
          volumeClaimTemplate: {
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: 'fast',
              resources: { requests: { storage: '5Gi' } },
            },
          },
        },
      },
      { secret: { secretName: 's', defaultMode: 288 } },
      { configMap: { name: 'm' } },
      { csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: 'x' } } },
    ]);
  });

  test('are handed to the group of the pod only when the claim is ours', () => {
    const chart = chartWith();
    const claim = new Claim(chart, 'state', { size: Size.gibibytes(9) });
    new GpuTrainingJob(chart, 'bert', { ...SINGLE, checkpoints: Checkpoints.on(claim) });
    expect(only(chart, 'Job').spec.template.spec.securityContext.fsGroup).toBe(1000);
    expect(podOf({ checkpoints: Checkpoints.claim('state') }).securityContext.fsGroup).toBeUndefined();
  });
});

describe('the pod', () => {
  test('says what its props say, and nothing that was not said', () => {
    const pod = podOf({
      serviceAccountName: 'trainer',
      automountServiceAccountToken: true,
      imagePullSecrets: ['registry'],
      priorityClassName: 'high',
      runtimeClassName: 'nvidia',
      schedulerName: 'mine',
      terminationGracePeriod: Duration.seconds(33),
      imagePullPolicy: ImagePullPolicy.NEVER,
      workingDir: '/work',
    });
    expect(pod).toMatchObject({
      serviceAccountName: 'trainer',
      automountServiceAccountToken: true,
      imagePullSecrets: [{ name: 'registry' }],
      priorityClassName: 'high',
      runtimeClassName: 'nvidia',
      schedulerName: 'mine',
      terminationGracePeriodSeconds: 33,
      enableServiceLinks: false,
    });
    expect(pod.containers[0]).toMatchObject({ imagePullPolicy: 'Never', workingDir: '/work' });
    const plain = podOf();
    for (const field of ['serviceAccountName', 'imagePullSecrets', 'priorityClassName', 'schedulerName', 'affinity'])
      expect(plain).not.toHaveProperty(field);
    expect(plain.automountServiceAccountToken).toBe(false);
  });

  test('runs sidecars as init containers that restart always, after the others', () => {
    const { initContainers } = podOf({
      initContainers: [{ name: 'first', image: 'busybox:1.37' }],
      sidecars: [{ name: 'second', image: 'busybox:1.37' }],
    });
    expect(
      initContainers.map(({ name, restartPolicy }: { name: string; restartPolicy?: string }) => [name, restartPolicy]),
    ).toEqual([
      ['first', undefined],
      ['second', 'Always'],
    ]);
  });

  test('tolerates what it was told to beside the taint of GPU nodes', () => {
    const { tolerations } = podOf({
      tolerations: [
        { key: 'team', value: 'nlp', effect: TaintEffect.NO_EXECUTE },
        { key: 'nvidia.com/gpu', effect: TaintEffect.NO_SCHEDULE },
      ],
    });
    expect(tolerations).toEqual([
      { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
      { key: 'team', operator: 'Equal', value: 'nlp', effect: 'NoExecute' },
    ]);
  });

  test('joins affinities: what is required must all hold', () => {
    const affinity = Affinity.requireNodes('zone', 'a', 'b')
      .plus(Affinity.avoidNodes('disk', 'hdd'))
      .plus(Affinity.preferNodes(30, 'net', 'fast'));
    expect(podOf({ affinity, queue: Queue.named('research') }).affinity.nodeAffinity).toEqual({
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              { key: 'zone', operator: 'In', values: ['a', 'b'] },
              { key: 'disk', operator: 'NotIn', values: ['hdd'] },
            ],
          },
        ],
      },
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 30, preference: { matchExpressions: [{ key: 'net', operator: 'In', values: ['fast'] }] } },
      ],
    });
  });

  test('is restricted by default, and as the image says when told so', () => {
    expect(podOf().securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(podOf({ security: SecurityProfile.restricted(1234) }).securityContext.runAsUser).toBe(1234);
    expect(podOf({ security: SecurityProfile.image() }).securityContext).toEqual({
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const container of podOf({ sidecars: [{ name: 'a', image: 'b' }] }).containers)
      expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
  });
});

describe('Affinity', () => {
  test('COR004 fails for weights, labels and values that the API server refuses', () => {
    expect(complaint(() => Affinity.preferNodes(0, 'a', 'b'))).toMatch(/^COR004: weight is 0/);
    expect(complaint(() => Affinity.preferNodes(101, 'a', 'b'))).toMatch(/^COR004: weight is 101/);
    expect(complaint(() => Affinity.requireNodes('a/b/c', 'b'))).toMatch(/^COR004: label/);
    expect(complaint(() => Affinity.requireNodes('a'))).toMatch(/^COR004: values has 0 items/);
    expect(complaint(() => Affinity.requireNodes('a', 'b c'))).toMatch(/^COR004: values\[0\]/);
  });

  test('COR001 fails when something else is joined', () => {
    expect(complaint(() => Affinity.requireNodes('a', 'b').plus(undefined as never))).toMatch(/^COR001: other/);
  });
});

describe('SharedMemory', () => {
  const shm = (memory: number, gpu: number, sharedMemory?: SharedMemory): string =>
    podOf({ memory: Size.gibibytes(memory), gpu: Gpu.any(gpu), sharedMemory }).volumes[0].emptyDir.sizeLimit;

  test('is a quarter of the memory, at least 2 GiB per GPU, at most 64 GiB and half of the memory', () => {
    expect([shm(40, 1), shm(40, 8), shm(1000, 8), shm(8, 8)]).toEqual(['10Gi', '16Gi', '64Gi', '4Gi']);
  });

  test('is what was said', () => {
    expect(shm(40, 1, SharedMemory.of(Size.gibibytes(11)))).toBe('11Gi');
  });

  test('KUB016 fails when volumes in memory leave nothing, and passes below', () => {
    const props = (gibibytes: number) => ({
      memory: Size.gibibytes(8),
      sharedMemory: SharedMemory.of(Size.gibibytes(gibibytes)),
    });
    expect(jobComplaints(props(8))).toContain(
      'KUB016: volumes in memory may hold 8Gi, and the memory of the container is 8Gi.',
    );
    expect(jobComplaints(props(7))).toBe('');
    const scratch = Volume.scratch({ mountPath: '/ram', sizeLimit: Size.gibibytes(2), inMemory: true });
    expect(jobComplaints({ ...props(7), volumes: [scratch] })).toContain('KUB016: volumes in memory may hold 9Gi');
  });

  test('COR004 fails for an amount below a mebibyte', () => {
    expect(complaint(() => SharedMemory.of(Size.kibibytes(64)))).toMatch(/^COR004: amount is 64 KiB/);
  });
});

describe('SecurityProfile', () => {
  test.each([0, -1, 1.5, 2 ** 31])('COR004 fails for the user %p', (uid) => {
    expect(complaint(() => SecurityProfile.restricted(uid))).toMatch(/^COR004: uid is/);
  });
});

describe('containers', () => {
  test('KUB027 fails when two have one name, and passes otherwise', () => {
    const image = 'busybox:1.37';
    expect(jobComplaints({ initContainers: [{ name: 'trainer', image }] })).toContain(
      "KUB027: two containers of the pod are called 'trainer'.",
    );
    expect(jobComplaints({ initContainers: [{ name: 'a', image }], sidecars: [{ name: 'a', image }] })).toContain(
      "KUB027: two containers of the pod are called 'a'.",
    );
    expect(jobComplaints({ initContainers: [{ name: 'a', image }], sidecars: [{ name: 'b', image }] })).toBe('');
  });

  test('KUB005 fails for labels that we or controllers set, and passes for others', () => {
    expect(jobComplaints({ labels: { 'app.kubernetes.io/name': 'x' } })).toContain(
      "KUB005: the label app.kubernetes.io/name is 'x', and it belongs to cdk8s-ml.",
    );
    expect(jobComplaints({ labels: { 'batch.kubernetes.io/job-name': 'x' } })).toContain('the Job controller');
    expect(jobComplaints({ labels: { 'kueue.x-k8s.io/queue-name': 'x' } })).toContain('(see queue)');
    expect(jobComplaints({ labels: { team: 'nlp' } })).toBe('');
  });
});
