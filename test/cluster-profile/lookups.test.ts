import { Chart, Duration, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import type { ClusterProfileProps } from '../../src';
import { ClusterProfile, Component, Gpu, GpuTrainingJob, Queue } from '../../src';

interface Asked {
  readonly queue?: string;
  readonly priorityClassName?: string;
  readonly namespace?: string;
}

/** What the cluster has against a workload that names a queue or a priority class of it. */
function reported(props: Partial<ClusterProfileProps> | undefined, asked: Asked): string[] {
  const chart = new Chart(Testing.app(), 'ml', { namespace: asked.namespace });
  if (props) ClusterProfile.attach(chart, new ClusterProfile({ name: 'prod', ...props }));
  new GpuTrainingJob(chart, 'bert', {
    image: 'registry.example.com/bert:v1.0',
    command: ['python', 'train.py'],
    gpu: Gpu.any(1),
    cpu: Cpu.units(8),
    memory: Size.gibibytes(64),
    activeDeadline: Duration.hours(24),
    queue: asked.queue === undefined ? undefined : Queue.named(asked.queue),
    priorityClassName: asked.priorityClassName,
  });
  const lines = chart.node.findAll().flatMap((construct) => construct.node.validate());
  return lines.filter((line) => line.startsWith('CLU'));
}

const components = [Component.KUEUE];

describe('a queue', () => {
  const queues = [
    { name: 'research', namespaces: ['ml-research'] },
    { name: 'production', namespaces: ['ml-serving', 'ml-training'] },
    { name: 'shared' },
  ];

  test('CLU002 fails when the namespace has no LocalQueue of that name', () => {
    expect(reported({ components, queues }, { queue: 'research', namespace: 'ml-training' })).toEqual([
      'CLU002: there is no LocalQueue research in namespace ml-training.\n' +
        '    Fix: Take one of production, shared. (unknown-queue)',
    ]);
  });

  test('CLU002 names the queue that was probably meant', () => {
    expect(reported({ components, queues }, { queue: 'reserch', namespace: 'ml-research' })[0]).toContain(
      "(did you mean 'research'?)",
    );
  });

  test('CLU002 says so when the namespace has no queue at all', () => {
    const none = [{ name: 'research', namespaces: ['ml-research'] }];
    expect(reported({ components, queues: none }, { queue: 'research', namespace: 'ml-training' })[0]).toContain(
      'Fix: Make one there first.',
    );
    expect(reported({ components, queues: [] }, { queue: 'research' })[0]).toContain(
      'there is no LocalQueue research.',
    );
  });

  test.each([
    ['research', 'ml-research'],
    ['production', 'ml-training'],
    ['shared', 'anywhere'],
    ['research', undefined],
  ])('CLU002 passes for %s in namespace %s', (queue, namespace) => {
    expect(reported({ components, queues }, { queue, namespace })).toEqual([]);
  });

  test('CLU002 passes for every name when the profile does not say which queues there are', () => {
    expect(reported({ components }, { queue: 'research' })).toEqual([]);
    expect(reported(undefined, { queue: 'research' })).toEqual([]);
  });

  test('CLU003 fails when the profile has no Kueue, so that nothing would hold the work back', () => {
    expect(reported({ queues }, { queue: 'shared' })).toEqual([
      'CLU003: queue is shared, but the profile prod has no Kueue.\n' +
        '    Fix: Remove queue, or add Component.KUEUE to the profile. (missing-component)',
    ]);
  });

  test('CLU003 passes for work without a queue', () => {
    expect(reported({ queues }, {})).toEqual([]);
  });
});

describe('a priority class', () => {
  const priorityClasses = [
    { name: 'ml-train', value: 10000 },
    { name: 'ml-experiment', value: 100 },
  ];

  test('CLU004 fails when the profile does not have it', () => {
    expect(reported({ priorityClasses }, { priorityClassName: 'ml-trian' })).toEqual([
      "CLU004: the profile prod has no priority class ml-trian (did you mean 'ml-train'?).\n" +
        '    Fix: Take one of ml-train, ml-experiment. (unknown-priority-class)',
    ]);
  });

  test('CLU004 says so when the cluster has none', () => {
    expect(reported({ priorityClasses: [] }, { priorityClassName: 'ml-train' })[0]).toContain(
      'Fix: Add it to the cluster and to the profile.',
    );
  });

  test.each(['ml-experiment', 'system-cluster-critical', 'system-node-critical'])('CLU004 passes for %s', (name) => {
    expect(reported({ priorityClasses }, { priorityClassName: name })).toEqual([]);
  });

  test('CLU004 passes for every name when the profile does not say which classes there are', () => {
    expect(reported({}, { priorityClassName: 'anything' })).toEqual([]);
  });
});
