import type { Chart } from 'cdk8s';
import { ApiObject, Duration, Size, Testing } from 'cdk8s';
import { ClusterProfile, Gpu, GpuTrainingJob } from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import { findingsOf } from 'cdk8s-ml-check';
import { job } from './sample';

const rules = ['gpu-run-deadline'];

function chartWith(add: (chart: Chart) => void): Chart {
  const chart = Testing.chart();
  add(chart);
  return chart;
}
const withoutDeadline = (chart: Chart) =>
  new ApiObject(chart, 'job', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'main', image: 'a/b:1', resources: { limits: { 'nvidia.com/gpu': 1 } } }],
        },
      },
    },
  });

test('a chart, its manifests and their text have the same findings', () => {
  const chart = chartWith(withoutDeadline);
  const found = findingsOf(chart, { rules });
  expect(found).toMatchObject([
    { rule: 'gpu-run-deadline', object: { kind: 'Job' }, path: 'spec.activeDeadlineSeconds' },
  ]);
  expect(findingsOf(Testing.synth(chart), { rules })).toEqual(found);
  expect(findingsOf(job('train'), { rules })).toHaveLength(1);
});

test('a construct of ours has none of them', () => {
  const chart = chartWith((within) => {
    new GpuTrainingJob(within, 'train', {
      image: 'a/b:1',
      gpu: Gpu.any(1),
      cpu: Cpu.units(4),
      memory: Size.gibibytes(16),
      activeDeadline: Duration.hours(1),
    });
  });
  expect(findingsOf(chart, { rules })).toEqual([]);
});

test('what is waived on the object is none', () => {
  const waived = job('train', `cdk8s-ml.dev/waive-gpu-run-deadline: 'because'`);
  expect(findingsOf(waived, { rules })).toEqual([]);
});

test('only those of a level are asked for', () => {
  expect(findingsOf(job('train'), { rules, level: 'warning' })).toHaveLength(1);
  expect(findingsOf(job('train'), { rules, level: 'error' })).toEqual([]);
});

test('a profile is a text', () => {
  const profile = new ClusterProfile({ name: 'c' }).toJson();
  expect(findingsOf(job('train'), { rules, profile })).toHaveLength(1);
  expect(() => findingsOf(job('train'), { profile: '{}' })).toThrow('the profile is none');
});

test('anything else is refused', () => {
  expect(() => findingsOf(7 as never)).toThrow('findingsOf takes a chart, a list of manifests or a YAML text.');
  expect(() => findingsOf({} as never)).toThrow('findingsOf takes');
});
