import type { ApiObject, Chart } from 'cdk8s';
import { Duration, JsonPatch, Lazy, Size, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import * as kplus from 'cdk8s-plus-28';
import {
  Claim,
  Component,
  DistributedTraining,
  GpuModel,
  GpuNodePool,
  GpuTrainingJob,
  NodeClass,
  Schedule,
  ScheduledRetrain,
} from 'cdk8s-ml';
import { apiObject } from '../../src/render/api-object';
import { chartWith, GANG, POOLS, RUN, SINGLE } from '../training/fixtures';

type Make = (chart: Chart) => void;

/** One object of every kind that we render: kind, how it comes about, and a field deep inside of it. */
const KINDS: [kind: string, make: Make, deep: string][] = [
  [
    'Job',
    (chart) => new GpuTrainingJob(chart, 'x', SINGLE),
    '/spec/template/spec/containers/0/resources/limits/memory',
  ],
  ['CronJob', retrain, '/spec/jobTemplate/spec/template/spec/containers/0/image'],
  ['Service', (chart) => new DistributedTraining(chart, 'x', GANG), '/spec/ports/0/port'],
  ['NetworkPolicy', (chart) => new DistributedTraining(chart, 'x', GANG), '/spec/policyTypes/0'],
  [
    'PersistentVolumeClaim',
    (chart) => new Claim(chart, 'x', { size: Size.gibibytes(3) }),
    '/spec/resources/requests/storage',
  ],
  ['NodePool', nodePool, '/spec/template/spec/requirements/0/values/0'],
];

const profile = { ...POOLS, components: [...POOLS.components!, Component.KARPENTER] };

function nodePool(chart: Chart): void {
  const nodeClass = NodeClass.named('gpu', { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass' });
  new GpuNodePool(chart, 'x', { gpu: GpuModel.H100, gpusPerNode: 8, maxNodes: 2, karpenter: { nodeClass } });
}

function retrain(chart: Chart): void {
  new ScheduledRetrain(chart, 'x', { schedule: Schedule.expression('0 4 * * 0'), job: RUN });
}

function objectOf(chart: Chart, kind: string): ApiObject {
  return chart.node.findAll().find((node) => (node as ApiObject).kind === kind) as ApiObject;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
function patched(kind: string, make: Make, ...patches: JsonPatch[]): any {
  const chart = chartWith(profile);
  make(chart);
  objectOf(chart, kind).addJsonPatch(...patches);
  return (Testing.synth(chart) as { kind: string }[]).find((object) => object.kind === kind);
}

function at(object: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce((value, key) => (value as Record<string, unknown>)[key], object);
}

describe.each(KINDS)('a patch of a %s', (kind, make, deep) => {
  test('replaces a field deep inside, by text or number', () => {
    expect(at(patched(kind, make, JsonPatch.replace(deep, 'patched')), deep)).toBe('patched');
    expect(at(patched(kind, make, JsonPatch.replace(deep, 7)), deep)).toBe(7);
  });

  test('adds fields that nobody knows, with whatever is in them', () => {
    const value = { unknown: [1, { '0o17': null }] };
    const object = patched(kind, make, JsonPatch.add('/spec/notYetInvented', value), JsonPatch.add('/extra', true));
    expect(object.spec.notYetInvented).toEqual(value);
    expect(object.extra).toBe(true);
  });

  test('changes the head of the object', () => {
    const { metadata } = patched(
      kind,
      make,
      JsonPatch.add('/metadata/finalizers', ['example.com/keep']),
      JsonPatch.replace('/metadata/name', 'renamed'),
      JsonPatch.add('/metadata/labels/team', 'nlp'),
      JsonPatch.remove('/metadata/annotations'),
    );
    expect(metadata).toMatchObject({ name: 'renamed', finalizers: ['example.com/keep'], labels: { team: 'nlp' } });
    expect(metadata).not.toHaveProperty('annotations');
  });

  test('removes and replaces whole parts', () => {
    expect(patched(kind, make, JsonPatch.replace('/spec', { only: 'this' })).spec).toEqual({ only: 'this' });
    expect(patched(kind, make, JsonPatch.remove('/spec'))).not.toHaveProperty('spec');
  });

  test('is applied each time, and to this object only', () => {
    const chart = chartWith(profile);
    make(chart);
    objectOf(chart, kind).addJsonPatch(JsonPatch.add('/spec/patched', true));
    const [first, second] = [Testing.synth(chart), Testing.synth(chart)];
    expect(second).toEqual(first);
    expect((first as { spec: object }[]).filter(({ spec }) => 'patched' in spec)).toHaveLength(1);
  });
});

test('a patch of one pod template does not touch another that was made from the same props', () => {
  const chart = chartWith(POOLS);
  const pool = GpuNodePool.fromProfile(chart, 'h100');
  const [one, two] = ['one', 'two'].map((id) => new GpuTrainingJob(chart, id, { ...SINGLE, pool }));
  one.resource.addJsonPatch(JsonPatch.add('/spec/template/spec/tolerations/0/key', 'changed'));
  const [first, second] = Testing.synth(chart) as {
    spec: { template: { spec: { tolerations: { key: string }[] } } };
  }[];
  expect(first.spec.template.spec.tolerations[0].key).toBe('changed');
  expect(second.spec.template.spec.tolerations[0].key).toBe('nvidia.com/gpu');
  expect(two.resource).toBeDefined();
});

test('amounts and Lazy inside a manifest become text before a patch sees them', () => {
  const chart = chartWith();
  const spec = () => ({
    memory: Size.gibibytes(2),
    cpu: kplus.Cpu.units(3),
    wait: Duration.minutes(1),
    late: Lazy.any({ produce: () => ({ size: Size.mebibytes(5) }) }),
  });
  const object = apiObject(new Construct(chart, 'x'), 'Resource', {
    apiVersion: 'v1',
    kind: 'Thing',
    metadata: { name: 'x' },
    spec,
  });
  object.addJsonPatch(JsonPatch.test('/spec/late/size', '5Mi'), JsonPatch.copy('/spec/memory', '/spec/again'));
  expect((Testing.synth(chart) as { spec: object }[])[0].spec).toEqual({
    again: '2Gi',
    cpu: '3',
    late: { size: '5Mi' },
    memory: '2Gi',
    wait: '60s',
  });
});
