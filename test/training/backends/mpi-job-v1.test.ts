import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Acknowledge,
  Checkpoints,
  Component,
  Delivery,
  DistributedTraining,
  Env,
  Framework,
  Gpu,
  MpiImplementation,
  Queue,
  TrainingBackend,
} from 'cdk8s-ml';
import type { ClusterProfileProps, DistributedTrainingProps } from 'cdk8s-ml';
import { WAIT_FOR_EXEC, waitScript } from '../../../src/training/backends/wait-for-nodes';
import { chartWith, GANG, gangOn, only, synth } from '../fixtures';

const OPERATOR: Partial<ClusterProfileProps> = {
  components: [Component.TRAINING_OPERATOR],
  trainingBackend: TrainingBackend.MPI_JOB_V1,
};
const COMMAND = ['mpirun', 'python', 'train.py'];
const chartOf = (props: Partial<DistributedTrainingProps> = {}, profile = OPERATOR) =>
  gangOn(profile, { framework: Framework.horovod(), command: COMMAND, run: 'v3', ...props });
const specOf = (...given: Parameters<typeof chartOf>) => only(chartOf(...given), 'MPIJob').spec;
const launcherOf = (...given: Parameters<typeof chartOf>) => specOf(...given).mpiReplicaSpecs.Launcher.template.spec;
const nodeOf = (...given: Parameters<typeof chartOf>) => specOf(...given).mpiReplicaSpecs.Worker.template.spec;

// No snapshot: the API server that takes those of all constructs has the other version of the kind.
test('makes the run and its policy', () => {
  const [job, policy, ...others] = synth(chartOf());
  expect(job).toMatchObject({ apiVersion: 'kubeflow.org/v1', kind: 'MPIJob', metadata: { name: 'llm-v3' } });
  expect(policy).toMatchObject({ kind: 'NetworkPolicy', metadata: { name: 'llm' } });
  expect(others).toEqual([]);
});

test('is refused unless somebody says that the namespace lets the launcher in', () => {
  const chart = chartWith(OPERATOR);
  const { node } = new DistributedTraining(chart, 'llm', { ...GANG, framework: Framework.mpi(), command: COMMAND });
  expect(() => synth(chart)).toThrow(/TRN060: .* kubectl-delivery without a security context/);
  Acknowledge.of(node.scope!).add('TRN060', 'ml-training enforces baseline.');
  expect(only(chart, 'MPIJob').metadata.annotations).toMatchObject({
    'cdk8s-ml.dev/waive-launcher-breaks-restricted': 'ml-training enforces baseline.',
  });
});

test('is what a cluster with the training operator alone is offered for MPI', () => {
  const props = { backend: TrainingBackend.MPI_JOB };
  expect(() => synth(chartOf(props))).toThrow(
    /TRN018: .* but that of the training-operator, MPIJob v1[^]*'mpi-job-v1'/,
  );
});

test('runs the command in the launcher when all nodes answer, with a token for the API server', () => {
  const launcher = launcherOf({ args: ['--fast'] });
  expect(launcher.containers[0].command).toEqual([...WAIT_FOR_EXEC, ...COMMAND]);
  expect(launcher.containers[0].args).toEqual(['--fast']);
  expect(launcher.containers[0].env).toContainEqual({ name: 'NUM_PROCESSES', value: '24' });
  expect(launcher.automountServiceAccountToken).toBe(true);
  expect(launcher).not.toHaveProperty('serviceAccountName');
});

test('keeps nodes waiting for processes, without a token and without a capability', () => {
  const node = nodeOf({ args: ['--fast'] });
  expect(node.containers[0].command).toEqual(['sh', '-c', 'sleep infinity & trap "kill $!; exit 143" TERM; wait']);
  expect(node.containers[0]).not.toHaveProperty('args');
  expect(node.containers[0].resources.limits['nvidia.com/gpu']).toBe('8');
  expect(node.containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'] });
  expect(node.automountServiceAccountToken).toBe(false);
  expect(specOf({ numProcPerNode: 4 }).slotsPerWorker).toBe(4);
});

test('starts the launcher again as often as it may, and without retries never', () => {
  const checkpoints = Checkpoints.claim('fsx');
  const { runPolicy, mpiReplicaSpecs } = specOf({ checkpoints, backoffLimit: 4 });
  expect(runPolicy).toEqual({ activeDeadlineSeconds: 216000, backoffLimit: 5, cleanPodPolicy: 'Running' });
  expect(mpiReplicaSpecs.Launcher.restartPolicy).toBe('OnFailure');
  expect(mpiReplicaSpecs.Worker.restartPolicy).toBe('OnFailure');
  const once = specOf();
  expect(once.runPolicy.backoffLimit).toBe(1);
  expect(once.mpiReplicaSpecs.Launcher.restartPolicy).toBe('Never');
});

test('bounds launcher and nodes a little later than the run', () => {
  expect([launcherOf(), nodeOf()].map((pod) => pod.activeDeadlineSeconds)).toEqual([216010, 216010]);
  expect(specOf({}, { ...OPERATOR, delivery: Delivery.CREATE_ONCE }).runPolicy.ttlSecondsAfterFinished).toBe(86400);
});

test('takes no queue, which Kueue would not see', () => {
  const profile = { ...OPERATOR, components: [Component.TRAINING_OPERATOR, Component.KUEUE] };
  expect(() => synth(chartOf({ queue: Queue.named('research') }, profile))).toThrow(
    /TRN019: .* Kueue does not manage a MPIJob v1/,
  );
});

const large = { cpu: Cpu.units(3), memory: Size.gibibytes(5), gpu: Gpu.h100(1) };

test.each([
  ['another MPI', Framework.mpi({ implementation: MpiImplementation.INTEL }), /TRN016: implementation is Intel/],
  ['another home', Framework.mpi({ sshHome: '/home/me' }), /TRN016: sshHome is \/home\/me/],
  ['GPUs of the launcher', Framework.mpi({ launcher: large }), /TRN016: the launcher has GPUs/],
])('refuses %s', (_what, framework, words) => {
  expect(() => synth(chartOf({ framework }))).toThrow(words);
});

test('keeps the variables of the operator', () => {
  const env = { OMPI_MCA_plm_rsh_agent: Env.value('ssh') };
  expect(() => synth(chartOf({ env }))).toThrow(/KUB008/);
});

test('needs a command', () => {
  expect(() => synth(chartOf({ command: undefined }))).toThrow(/TRN025/);
});

test('the launcher waits until every node answers, and asks each by the script of the operator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-exec-'));
  try {
    const hosts = join(folder, 'hostfile');
    writeFileSync(hosts, 'llm-worker-0 slots=8\nllm-worker-1 slots=8\n');
    const exec = join(folder, 'kubexec.sh');
    // The second node answers when it is asked again. Its input must not be the list of hosts.
    const log = join(folder, 'log');
    writeFileSync(
      exec,
      `#!/bin/sh\ncat >> ${log}\necho "$@" >> ${log}\n[ "$1" = llm-worker-0 ] || [ "$(grep -c worker-1 ${log})" = 2 ]\n`,
    );
    chmodSync(exec, 0o755);
    const script = waitScript(hosts, `${exec} "$host" true < /dev/null`);
    const said = execFileSync('sh', ['-c', `${script}`, 'wait-for-nodes', 'cat', log], { encoding: 'utf8' });
    expect(said).toBe('llm-worker-0 true\nllm-worker-1 true\nllm-worker-1 true\n');
    expect(WAIT_FOR_EXEC[2]).toContain('until /etc/mpi/kubexec.sh "$host" true < /dev/null;');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a node ends with 143 on SIGTERM, and leaves nothing', async () => {
  const [shell, , script] = nodeOf().containers[0].command as string[];
  const node = spawn(shell, ['-xc', script], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  node.stderr.on('data', (text) => (said += String(text)));
  while (!/^\+ wait/m.test(said)) await once(node.stderr, 'data');
  node.kill('SIGTERM');
  // What it started has its output too: it is closed when that is gone.
  const [code] = await once(node, 'close');
  expect(code).toBe(143);
});
