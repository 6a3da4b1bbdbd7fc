import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Affinity,
  Checkpoints,
  Component,
  Env,
  Fabric,
  Framework,
  Gpu,
  MpiImplementation,
  Queue,
  TaintEffect,
  TrainingBackend,
} from 'cdk8s-ml';
import type { ClusterProfileProps, DistributedTrainingProps } from 'cdk8s-ml';
import { waitScript } from '../../../src/training/backends/wait-for-nodes';
import { gangOn, only, synth } from '../fixtures';

const OPERATOR: Partial<ClusterProfileProps> = {
  components: [Component.MPI_OPERATOR, Component.KUEUE],
  trainingBackend: TrainingBackend.MPI_JOB,
};
const COMMAND = ['mpirun', 'python', 'train.py'];
const chartOf = (props: Partial<DistributedTrainingProps> = {}, profile = OPERATOR) =>
  gangOn(profile, { framework: Framework.horovod(), command: COMMAND, run: 'v3', ...props });
const specOf = (...given: Parameters<typeof chartOf>) => only(chartOf(...given), 'MPIJob').spec;
const launcherOf = (...given: Parameters<typeof chartOf>) => specOf(...given).mpiReplicaSpecs.Launcher.template.spec;
const workerOf = (...given: Parameters<typeof chartOf>) => specOf(...given).mpiReplicaSpecs.Worker.template.spec;

test('minimal', () => {
  expect(synth(chartOf())).toMatchSnapshot();
});

test('runs an SSH server on the nodes, and the command in the launcher when all of them answer', () => {
  const [node] = workerOf({ args: ['--fast'] }).containers;
  expect(node.command).toEqual(['/usr/sbin/sshd', '-De', '-f', '/home/mpiuser/.sshd_config']);
  expect(node).not.toHaveProperty('args');
  expect(node.resources.limits['nvidia.com/gpu']).toBe('8');
  const [launcher] = launcherOf({ args: ['--fast'] }).containers;
  expect(launcher.command).toEqual(['sh', '-c', waitScript('/etc/mpi/hostfile'), 'wait-for-nodes', ...COMMAND]);
  expect(launcher.args).toEqual(['--fast']);
  expect(launcher.resources.requests).toEqual({ cpu: '1', memory: '2Gi' });
});

test('keeps the one capability that the SSH server of the usual images cannot start without', () => {
  expect(workerOf().containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'], add: ['NET_BIND_SERVICE'] });
  expect(launcherOf().containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'] });
});

test('gives every node as many slots as it has processes', () => {
  expect(specOf().slotsPerWorker).toBe(8);
  expect(specOf({ numProcPerNode: 4 }).slotsPerWorker).toBe(4);
  const { env } = launcherOf({ numProcPerNode: 4 }).containers[0];
  expect(env).toContainEqual({ name: 'NUM_PROCESSES', value: '12' });
});

test('bounds the run by its launcher, and cleans up', () => {
  expect(specOf({ checkpoints: Checkpoints.claim('fsx'), backoffLimit: 4 })).toMatchObject({
    launcherCreationPolicy: 'AtStartup',
    runPolicy: { activeDeadlineSeconds: 60 * 3600, backoffLimit: 4, cleanPodPolicy: 'Running' },
  });
});

test('lets the launcher run where all nodes have GPUs, but rather elsewhere', () => {
  const { tolerations, affinity } = launcherOf();
  expect(tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
  expect(affinity).not.toHaveProperty('podAffinity');
  expect(affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution).toContainEqual({
    weight: 100,
    preference: { matchExpressions: [{ key: 'nvidia.com/gpu.present', operator: 'DoesNotExist' }] },
  });
});

test('puts the launcher where it is told', () => {
  const launcher = {
    cpu: Cpu.units(3),
    memory: Size.gibibytes(5),
    affinity: Affinity.requireNodes('pool', 'small'),
    tolerations: [{ key: 'small', effect: TaintEffect.NO_SCHEDULE }],
  };
  const { tolerations, affinity, containers } = launcherOf({ framework: Framework.mpi({ launcher }) });
  expect(tolerations).toEqual([{ key: 'small', operator: 'Exists', effect: 'NoSchedule' }]);
  expect(affinity.nodeAffinity).not.toHaveProperty('preferredDuringSchedulingIgnoredDuringExecution');
  expect(containers[0].resources.requests).toEqual({ cpu: '3', memory: '5Gi' });
  expect(launcherOf({ queue: Queue.named('research') })).not.toHaveProperty('tolerations');
});

test('may give the launcher GPUs', () => {
  const launcher = { cpu: Cpu.units(3), memory: Size.gibibytes(5), gpu: Gpu.h100(1) };
  const { containers } = launcherOf({ framework: Framework.mpi({ launcher }) });
  expect(containers[0].resources.limits['nvidia.com/gpu']).toBe('1');
});

test('speaks the language of another MPI, with another home', () => {
  const framework = Framework.mpi({ implementation: MpiImplementation.INTEL, sshHome: '/home/me' });
  expect(specOf({ framework })).toMatchObject({ mpiImplementation: 'Intel', sshAuthMountPath: '/home/me/.ssh' });
  expect(workerOf({ framework }).containers[0].command.at(-1)).toBe('/home/me/.sshd_config');
  expect(() => Framework.mpi({ sshHome: '/root' })).toThrow(/sshHome.*root/);
  expect(() => Framework.mpi({ sshHome: 'home' })).toThrow(/sshHome.*absolute/);
});

test('speaks the language of MPICH, whose variables are the operator’s', () => {
  const framework = Framework.mpi({ implementation: MpiImplementation.MPICH });
  expect(specOf({ framework }).mpiImplementation).toBe('MPICH');
  const env = { HYDRA_HOST_FILE: Env.value('/etc/hosts') };
  expect(() => synth(chartOf({ framework, env }))).toThrow(/KUB008.*HYDRA_HOST_FILE/);
});

test('keeps the variables of the operator for it', () => {
  const env = { OMPI_MCA_plm_rsh_args: Env.value('-p 22') };
  expect(() => synth(chartOf({ env }))).toThrow(/KUB008.*OMPI_MCA_plm_rsh_args/);
  const framework = Framework.mpi({ implementation: MpiImplementation.INTEL });
  expect(() => synth(chartOf({ env, framework }))).not.toThrow();
});

test('counts what the operator adds to the names of pods', () => {
  const fits = 'x'.repeat(63 - '-v3-launcher'.length);
  expect(() => synth(chartOf({ name: fits }))).not.toThrow();
  expect(() => synth(chartOf({ name: `${fits}x` }))).toThrow(/KUB021.*-launcher/);
});

test('tells the launcher what the fabric needs of the environment, without its devices', () => {
  const [launcher] = launcherOf({ fabric: Fabric.infiniband({ devices: 8 }) }).containers;
  const [node] = workerOf({ fabric: Fabric.infiniband({ devices: 8 }) }).containers;
  const names = (container: { env: { name: string }[] }) => container.env.map(({ name }) => name);
  const ofFabric = names(node).filter((name) => name.startsWith('NCCL_'));
  expect(names(launcher)).toEqual(expect.arrayContaining(ofFabric));
  expect(launcher.resources.requests).toEqual({ cpu: '1', memory: '2Gi' });
});

test.each([
  [TrainingBackend.PYTORCH_JOB, Component.TRAINING_OPERATOR, 'PyTorchJob'],
  [TrainingBackend.JOB_SET, Component.JOBSET, 'JobSet'],
])('DeepSpeed needs no launcher as %s', (backend, component, kind) => {
  const chart = chartOf({ framework: Framework.deepspeed(), backend }, { components: [component] });
  const text = JSON.stringify(only(chart, kind));
  expect(text).toContain('PET_MASTER_ADDR');
  expect(text).not.toContain('sshd');
});

describe('the script that waits for nodes', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wait-for-nodes-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs it with an `ssh` that says what it is asked, and fails the first times. */
  function run(hosts: string, failures: number, ...command: string[]): { asked: string[]; printed: string } {
    const [hostFile, asked] = [join(folder, 'hostfile'), join(folder, 'asked')];
    writeFileSync(hostFile, hosts);
    writeFileSync(asked, '');
    const ssh = join(folder, 'ssh');
    writeFileSync(ssh, `#!/bin/sh\necho "$*" >> ${asked}\n[ $(wc -l < ${asked}) -gt ${failures} ]\n`);
    writeFileSync(join(folder, 'sleep'), '#!/bin/sh\n');
    for (const program of [ssh, join(folder, 'sleep')]) chmodSync(program, 0o755);
    const env = { PATH: `${folder}:${process.env.PATH}` };
    const printed = execFileSync('sh', ['-c', waitScript(hostFile), 'wait-for-nodes', ...command], { env }).toString();
    const words = readFileSync(asked, 'utf8').trim().split('\n');
    return { asked: words.map((line) => line.split(' ').at(-2)!), printed };
  }

  test.each([
    ['Open MPI', 'a.llm.ml.svc slots=8\nb.llm.ml.svc slots=8\n'],
    ['Intel MPI and MPICH', 'a.llm.ml.svc:8\nb.llm.ml.svc:8\n'],
  ])('asks every node of %s until it answers, then runs the command with its arguments', (_mpi, hosts) => {
    const { asked, printed } = run(hosts, 2, 'echo', 'two words', '$HOME');
    expect(asked).toEqual(['a.llm.ml.svc', 'a.llm.ml.svc', 'a.llm.ml.svc', 'b.llm.ml.svc']);
    expect(printed).toBe('two words $HOME\n');
  });

  test('ends as the command ends', () => {
    expect(() => run('a slots=1\n', 0, 'sh', '-c', 'exit 7')).toThrow(expect.objectContaining({ status: 7 }));
  });
});
