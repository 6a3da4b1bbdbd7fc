import { Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Affinity, GpuModel, GpuNodePool, GpuTrainingJob } from 'cdk8s-ml';
import { complaint, jobComplaints, podOf } from '../complaints';
import { chartWith, SINGLE } from '../training/fixtures';

describe('credentials of registries', () => {
  test('are named once each: the API server refuses a list that names one twice', () => {
    expect(podOf({ imagePullSecrets: ['registry', 'other', 'registry'] }).imagePullSecrets).toEqual([
      { name: 'registry' },
      { name: 'other' },
    ]);
  });
});

describe('what Kubernetes deprecates', () => {
  test('KUB028 fails for labels of nodes, and passes for those that took their place', () => {
    const arch = (label: string) => jobComplaints({ affinity: Affinity.requireNodes(label, 'amd64') });
    expect(arch('beta.kubernetes.io/arch')).toContain(
      'KUB028: affinity chooses nodes by the label beta.kubernetes.io/arch, which Kubernetes deprecates.',
    );
    expect(arch('kubernetes.io/arch')).toBe('');
    expect(
      jobComplaints({ affinity: Affinity.preferNodes(1, 'failure-domain.beta.kubernetes.io/zone', 'a') }),
    ).toContain('Take topology.kubernetes.io/zone.');
  });

  test('KUB028 fails for a pool of nodes chosen by such a label', () => {
    const nodeSelector = { 'beta.kubernetes.io/instance-type': 'g6.12xlarge' };
    const chart = chartWith({ pools: { old: { gpu: GpuModel.L4, gpusPerNode: 4, nodeSelector } } });
    new GpuTrainingJob(chart, 'bert', { ...SINGLE, pool: GpuNodePool.fromProfile(chart, 'old') });
    expect(() => Testing.synth(chart)).toThrow(
      'KUB028: pool chooses nodes by the label beta.kubernetes.io/instance-type',
    );
  });

  test('KUB028 fails for annotations, and passes for others', () => {
    const note = (key: string) => jobComplaints({ annotations: { [key]: 'unconfined' } });
    expect(note('container.apparmor.security.beta.kubernetes.io/trainer')).toContain(
      'KUB028: the annotation container.apparmor.security.beta.kubernetes.io/trainer is deprecated by Kubernetes.',
    );
    expect(note('seccomp.security.alpha.kubernetes.io/pod')).toContain('KUB028');
    expect(note('seccomp.example.com/pod')).toBe('');
  });
});

describe('sidecars', () => {
  test('KUB018 fails when sidecars leave nothing of the share of a node, and passes when they do', () => {
    const small = { gpu: GpuModel.L4, gpusPerNode: 4, nodeCpu: Cpu.units(6), nodeMemory: Size.gibibytes(64) };
    const pools = { small: { ...small, nodeSelector: { pool: 'small' } } };
    const complaintsWith = (millis: number): string => {
      const chart = chartWith({ pools });
      const sidecars = [{ name: 'logs', image: 'fluent/fluent-bit:4.0.3', cpu: Cpu.millis(millis) }];
      const pool = GpuNodePool.fromProfile(chart, 'small');
      new GpuTrainingJob(chart, 'bert', { ...SINGLE, cpu: undefined, memory: undefined, pool, sidecars });
      return complaint(() => Testing.synth(chart));
    };
    expect(complaintsWith(1200)).toContain('KUB018: the share of a node is 1200m of cpu, and the sidecars take 1200m.');
    expect(complaintsWith(1100)).toBe('');
  });
});
