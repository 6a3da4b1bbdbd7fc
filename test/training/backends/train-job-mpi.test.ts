import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Cron, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Checkpoints,
  Component,
  Env,
  Framework,
  Gpu,
  MpiImplementation,
  Queue,
  ScheduledRetrain,
  SecurityProfile,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import type { ClusterProfileProps, DistributedTrainingProps } from 'cdk8s-ml';
import { UNTIL_TERMINATED } from '../../../src/training/backends/train-job-mpi';
import { waitScript } from '../../../src/training/backends/wait-for-nodes';
import { chartWith, GANG, gangOn, only, synth } from '../fixtures';

const OPERATOR: Partial<ClusterProfileProps> = {
  components: [Component.TRAINER, Component.KUEUE],
  trainingBackend: TrainingBackend.TRAIN_JOB,
};
const COMMAND = ['mpirun', 'python', 'train.py'];
const chartOf = (props: Partial<DistributedTrainingProps> = {}, profile = OPERATOR) =>
  gangOn(profile, { framework: Framework.horovod(), command: COMMAND, run: 'v3', ...props });
const trainJobOf = (...given: Parameters<typeof chartOf>) => only(chartOf(...given), 'TrainJob').spec;
const runtimeOf = (...given: Parameters<typeof chartOf>) => only(chartOf(...given), 'TrainingRuntime').spec;
const jobSetOf = (...given: Parameters<typeof chartOf>) => runtimeOf(...given).template.spec;

/** The Jobs of the runtime: the nodes, and the launcher. */
function jobsOf(...given: Parameters<typeof chartOf>) {
  const [nodes, launcher, ...more] = jobSetOf(...given).replicatedJobs;
  expect([nodes.name, launcher.name, more]).toEqual(['node', 'launcher', []]);
  return { nodes: nodes.template, launcher: launcher.template };
}

/** Their pods. */
function podsOf(...given: Parameters<typeof chartOf>) {
  const { nodes, launcher } = jobsOf(...given);
  return { node: nodes.spec.template.spec, launcher: launcher.spec.template.spec };
}

test('minimal', () => {
  expect(synth(chartOf())).toMatchSnapshot();
});

test('says in the run what the launcher runs, and how many nodes it starts it on', () => {
  const { trainer, runtimeRef } = trainJobOf({ args: ['--fast'], numProcPerNode: 4 });
  expect(runtimeRef).toEqual({ apiGroup: 'trainer.kubeflow.org', kind: 'TrainingRuntime', name: 'llm-v3' });
  expect(trainer).toMatchObject({
    image: 'registry.example.com/llm:v2',
    command: ['sh', '-c', waitScript('/etc/mpi/hostfile'), 'wait-for-nodes', ...COMMAND],
    args: ['--fast'],
    numNodes: 3,
    numProcPerNode: 4,
  });
  expect(trainer.env).toContainEqual({ name: 'NUM_PROCESSES', value: '12' });
  expect(trainer).not.toHaveProperty('resourcesPerNode');
});

test('tells the operator to make keys and host file, with one launcher that is no node', () => {
  expect(runtimeOf({ numProcPerNode: 4 }).mlPolicy).toEqual({
    numNodes: 1,
    mpi: {
      numProcPerNode: 4,
      mpiImplementation: 'OpenMPI',
      sshAuthMountPath: '/home/mpiuser/.ssh',
      runLauncherAsNode: false,
    },
  });
  const { nodes, launcher } = jobsOf();
  const ancestor = 'trainer.kubeflow.org/trainjob-ancestor-step';
  expect(launcher.metadata.labels[ancestor]).toBe('trainer');
  expect(nodes.metadata.labels).not.toHaveProperty([ancestor]);
  expect(nodes.spec).toMatchObject({ completions: 3, parallelism: 3 });
  expect(launcher.spec).toMatchObject({ completions: 1, parallelism: 1 });
});

test('runs an SSH server on nodes with GPUs, and the launcher without, both under the name that keys are mounted by', () => {
  const { node, launcher } = podsOf();
  const command = ['/usr/sbin/sshd', '-De', '-f', '/home/mpiuser/.sshd_config'];
  expect(node.containers[0]).toMatchObject({
    name: 'node',
    command: [...UNTIL_TERMINATED, ...command],
    securityContext: { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } },
  });
  expect(node.containers[0].resources.limits['nvidia.com/gpu']).toBe('8');
  expect(launcher.containers[0].name).toBe('node');
  expect(launcher.containers[0].resources).toEqual({
    requests: { cpu: '1', memory: '2Gi' },
    limits: { memory: '2Gi' },
  });
  expect(launcher.containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'] });
});

test('a launcher gets GPUs only when it asks for some', () => {
  const devices = { name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' };
  expect(podsOf().launcher.containers[0].env).toContainEqual(devices);
  expect(podsOf().node.containers[0].env).not.toContainEqual(devices);
  const launcher = { cpu: Cpu.units(3), memory: Size.gibibytes(5), gpu: Gpu.h100(1) };
  const [container] = podsOf({ framework: Framework.mpi({ launcher }) }).launcher.containers;
  expect(container.resources.limits['nvidia.com/gpu']).toBe('1');
  expect(container.env).not.toContainEqual(devices);
});

test('lets the containers read the key, which the operator gives to their group', () => {
  const security = SecurityProfile.restricted(1234);
  const { node, launcher } = podsOf({ framework: Framework.mpi({ sshHome: '/home/me' }), security });
  for (const { securityContext } of [node, launcher])
    expect(securityContext).toMatchObject({ runAsUser: 1234, fsGroup: 1234, fsGroupChangePolicy: 'OnRootMismatch' });
});

test('the launcher decides when the run has succeeded, and any failure starts all pods again', () => {
  const { successPolicy, failurePolicy } = jobSetOf({ checkpoints: Checkpoints.claim('fsx'), backoffLimit: 4 });
  expect(successPolicy).toEqual({ operator: 'All', targetReplicatedJobs: ['launcher'] });
  expect(failurePolicy).toMatchObject({ maxRestarts: 4, restartStrategy: 'BlockingRecreate' });
  const { nodes, launcher } = jobsOf({ failOnExitCodes: [3] });
  for (const { spec } of [nodes, launcher]) {
    expect(spec).toMatchObject({ backoffLimit: 0, podReplacementPolicy: 'Failed' });
    expect(spec.podFailurePolicy.rules).toContainEqual({
      action: 'FailJob',
      onExitCodes: { containerName: 'node', operator: 'In', values: [3, 137] },
    });
  }
});

test('keeps nodes apart from each other, and not from the launcher', () => {
  const { node, launcher } = podsOf();
  const [{ labelSelector, matchLabelKeys }] =
    node.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
  expect(labelSelector.matchLabels).toMatchObject({ 'jobset.sigs.k8s.io/replicatedjob-name': 'node' });
  expect(matchLabelKeys).toEqual(['jobset.sigs.k8s.io/jobset-name']);
  expect(launcher.affinity).not.toHaveProperty('podAntiAffinity');
  expect(launcher.tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
  expect(podsOf({ queue: Queue.named('research') }).launcher).not.toHaveProperty('tolerations');
});

test('KUB008 fails for a variable that the operator refuses', () => {
  for (const name of ['OMPI_MCA_plm_rsh_args', 'OMPI_MCA_orte_set_default_slots', 'NUM_PROCESSES'])
    expect(() => synth(chartOf({ env: { [name]: Env.value('2') } }))).toThrow(new RegExp(`KUB008.*${name}`));
  expect(() => synth(chartOf({ env: { OMPI_MCA_btl: Env.value('self,tcp') } }))).not.toThrow();
});

test.each([MpiImplementation.INTEL, MpiImplementation.MPICH])('TRN016 fails for %s, which an MPIJob knows', (mpi) => {
  for (const framework of [
    Framework.mpi({ implementation: mpi }),
    Framework.horovod({ implementation: mpi }),
    Framework.deepspeed({ implementation: mpi }),
  ]) {
    const words = new RegExp(`TRN016: .*MPI of ${mpi}, which a TrainJob does not know.[^]*TrainingBackend.MPI_JOB`);
    expect(() => synth(chartOf({ framework }))).toThrow(words);
    const components = [Component.MPI_OPERATOR];
    expect(() => synth(chartOf({ framework }, { components, trainingBackend: TrainingBackend.MPI_JOB }))).not.toThrow();
  }
});

test('TRN016 fails for another MPI where no launcher starts it', () => {
  const framework = Framework.deepspeed({ implementation: MpiImplementation.INTEL });
  const profile = { components: [Component.JOBSET], trainingBackend: TrainingBackend.JOB_SET };
  expect(() => synth(chartOf({ framework }, profile))).toThrow(/TRN016: .*MPI of Intel, which a JobSet does not know/);
});

test('TRN016 fails for more variables of the launcher than a TrainJob takes', () => {
  const many = (count: number) => ({
    env: Object.fromEntries(Array.from({ length: count }, (_, i) => [`LAYER_${i}`, Env.value('wide')])),
  });
  const ours = trainJobOf().trainer.env.length;
  expect(() => synth(chartOf(many(128 - ours)))).not.toThrow();
  expect(() => synth(chartOf(many(129 - ours)))).toThrow(/TRN016.*129 variables/);
});

test('TRN025 fails without a command', () => {
  expect(() => synth(chartOf({ command: undefined }))).toThrow(/TRN025: command is not set, and the launcher waits/);
});

test('counts what the operator and the Job controller add to the name of the launcher', () => {
  const fits = 'x'.repeat(63 - '-v3-launcher-0-0-abcde'.length);
  expect(() => synth(chartOf({ name: fits }))).not.toThrow();
  expect(() => synth(chartOf({ name: `${fits}x` }))).toThrow(/KUB021.*launcher-0-0-abcde/);
});

test('on a schedule a step of Argo looks at the launcher, which the operator lists after the nodes', () => {
  const chart = chartWith({ components: [Component.TRAINER, Component.ARGO_WORKFLOWS] });
  const job = { ...GANG, framework: Framework.horovod(), command: COMMAND, backend: TrainingBackend.TRAIN_JOB };
  new ScheduledRetrain(chart, 'weekly', {
    schedule: Cron.schedule({ minute: '0', hour: '4', weekDay: '0' }),
    job: TrainingRun.distributed({ ...job, activeDeadline: Duration.hours(9) }),
  });
  const [step] = only(chart, 'CronWorkflow').spec.workflowSpec.templates;
  expect(step.resource.successCondition).toBe('status.jobsStatus.1.succeeded > 0');
  expect(only(chart, 'TrainingRuntime').metadata.name).toBe('weekly');
  expect(JSON.parse(step.resource.manifest).spec.runtimeRef.name).toBe('weekly');
});

describe('the command around the SSH server', () => {
  const [shell, ...script] = UNTIL_TERMINATED;

  /** In a group of its own, as in a container, where nothing outlives the first process. */
  function serve(...command: string[]) {
    const first = spawn(shell, [...script, ...command], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    return { first, code: once(first, 'exit').then(([code]) => code as number) };
  }

  test('ends with 143 when it is terminated, whatever the server would end with', async () => {
    const { first, code } = serve('sh', '-c', 'trap "exit 0" TERM; echo listening; while :; do sleep 0.1; done');
    await once(first.stdout, 'data');
    first.kill('SIGTERM');
    expect(await code).toBe(143);
    process.kill(-first.pid!, 'SIGKILL');
  });

  test('ends as the server ends by itself', async () => {
    expect(await serve('sh', '-c', 'exit 255').code).toBe(255);
    expect(await serve('true').code).toBe(0);
  });
});
