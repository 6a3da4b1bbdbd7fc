import { Severity } from '../../../../src/policy/finding';
import { alertMetric } from '../../../../src/policy/rules/runaway/alert-metric';
import { costLabels } from '../../../../src/policy/rules/runaway/cost-labels';
import { idleAlert } from '../../../../src/policy/rules/runaway/idle-alert';
import { recordedName } from '../../../../src/policy/rules/runaway/recorded-name';
import { ruleDuration } from '../../../../src/policy/rules/runaway/rule-duration';
import type { RuleCase } from '../../rule-case';

const ALERTS = `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: gpus, namespace: monitoring }
spec:
  groups:
  - name: gpus
    interval: 30s
    rules:
    - alert: GpuMemoryNearlyFull
      expr: DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE) > 0.97
      for: 15m
    - record: gpu:utilisation:avg
      expr: avg by (gpu) (DCGM_FI_DEV_GPU_UTIL)
`;
const RULE = 'spec.groups[0].rules[0]';
const named = (alert: string, expr: string): string =>
  ALERTS.replace('GpuMemoryNearlyFull', alert).replace(/expr: DCGM_FI_DEV_FB.*/, `expr: '${expr}'`);

export const ALERT_METRIC: RuleCase = {
  rule: alertMetric,
  good: ALERTS,
  flips: (
    [
      ['GpuMemoryNearlyFull', 'DCGM_FI_DEV_GPU_UTIL > 95', /GpuMemoryNearlyFull, which measures dcgm_fi_dev_gpu_util/],
      ['GpuMemoryHigh', 'DCGM_FI_DEV_FB_USED{gpu="0"} / DCGM_FI_DEV_FB_FREE > 0.95', /divides used by free memory/],
      ['GPUMemoryHigh', 'avg by (gpu) (rate(DCGM_FI_DEV_GPU_TEMP{gpu="0"}[5m])) > 1', /measures dcgm_fi_dev_gpu_temp/],
      ['GPULowUtilization', 'DCGM_FI_DEV_FB_USED < 100', /GPULowUtilization/],
      ['GPUTemperatureHigh', 'DCGM_FI_DEV_POWER_USAGE > 300', /GPUTemperatureHigh/],
      ['InferenceQueueTooLong', 'DCGM_FI_DEV_GPU_UTIL > 90', /InferenceQueueTooLong/],
      ['TrainingCostHigh', 'avg(DCGM_FI_DEV_GPU_UTIL) > 90', /TrainingCostHigh/],
      ['HighLatency', 'sum(container_memory_working_set_bytes) > 1e9', /HighLatency/],
    ] as const
  ).map(([alert, expr, says]) => ({
    change: { [`${RULE}.alert`]: alert, [`${RULE}.expr`]: expr },
    at: `${RULE}.expr`,
    says,
    severity: Severity.WARNING,
  })),
  silent: Object.fromEntries(
    [
      ['GpuIdle', 'avg_over_time(DCGM_FI_PROF_GR_ENGINE_ACTIVE[30m]) < 0.05'],
      ['GpuMemoryHot', 'DCGM_FI_DEV_MEMORY_TEMP > 95'],
      ['GpuMemoryFull', 'gpu:memory:ratio > 0.9'],
      ['GpuMemoryFull', 'my_own_series > 0.9'],
      ['QueueTooLong', 'sum(vllm:num_requests_waiting) > 10'],
      ['GpuPodPending', 'kube_pod_status_phase{phase="Pending"} == 1'],
      ['LatencyHigh', 'histogram_quantile(0.95, sum by (le) (rate(request_duration_seconds_bucket[5m]))) > 2'],
      ['CostHigh', 'count(DCGM_FI_DEV_GPU_UTIL) * team:hourly_price_usd > 100'],
      ['JobFailed', 'kube_job_failed{condition="true"} == 1'],
      ['MemoryTemplate', 'DCGM_FI_DEV_FB_USED > 1'],
    ].map(([alert, expr]) => [`${alert} by ${expr}`, named(alert, expr)]),
  ),
};

export const RULE_DURATION: RuleCase = {
  rule: ruleDuration,
  good: ALERTS,
  flips: [
    {
      change: { [`${RULE}.for`]: '5 minutes' },
      at: `${RULE}.for`,
      says: /has "5 minutes" for for, which is no duration/,
      severity: Severity.ERROR,
    },
    { change: { [`${RULE}.for`]: '' }, at: `${RULE}.for`, says: /has "" for for/, severity: Severity.ERROR },
    {
      change: { [`${RULE}.keep_firing_for`]: '10' },
      at: `${RULE}.keep_firing_for`,
      says: /has "10" for keep_firing_for/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.groups[0].interval': '1.5m' },
      at: 'spec.groups[0].interval',
      says: /has "1.5m" for interval/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'several units': ALERTS.replace('15m', '1h30m'),
    'nothing to wait for': ALERTS.replace('15m', '"0"'),
    'another kind': ALERTS.replace('kind: PrometheusRule', 'kind: Other').replace('15m', '5 minutes'),
  },
};

export const RECORDED_NAME: RuleCase = {
  rule: recordedName,
  good: ALERTS,
  flips: [
    {
      change: { 'spec.groups[0].rules[1].record': 'gpu-utilisation' },
      at: 'spec.groups[0].rules[1].record',
      says: /records a series named "gpu-utilisation"/,
      severity: Severity.ERROR,
    },
  ],
};

const JOB = `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml, labels: { team: nlp } }
spec:
  activeDeadlineSeconds: 3600
  template:
    metadata: { labels: { team: nlp } }
    spec:
      restartPolicy: Never
      containers:
      - name: main
        image: registry.example.com/trainer:v1
        resources: { limits: { nvidia.com/gpu: 1 } }
`;

export const COST_LABELS_OF_NAMESPACE: RuleCase = {
  rule: costLabels,
  good: `${JOB.replaceAll('team: nlp', 'app: train')}---
apiVersion: v1
kind: Namespace
metadata: { name: ml, labels: { team: nlp } }
`,
  flips: [
    {
      object: 1,
      change: { 'metadata.labels.team': undefined },
      at: 'spec.template.metadata.labels',
      says: /no label of its pods says who pays/,
      severity: Severity.WARNING,
    },
  ],
};

export const COST_LABELS: RuleCase = {
  rule: costLabels,
  good: JOB,
  flips: [
    {
      change: { 'spec.template.metadata.labels': undefined },
      at: 'spec.template.metadata.labels',
      says: /says who pays for it on itself, and not on its pods/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.template.metadata.labels': { app: 'train' }, 'metadata.labels': undefined },
      at: 'spec.template.metadata.labels',
      says: /no label of its pods says who pays/,
      severity: Severity.INFO,
    },
  ],
  silent: {
    'another word for it': JOB.replaceAll('team: nlp', 'example.com/cost-center: "17"'),
    'the namespace says it': `${JOB.replaceAll('team: nlp', '')}---
apiVersion: v1
kind: Namespace
metadata: { name: ml, labels: { team: nlp } }
`,
    'without GPUs': JOB.replaceAll('team: nlp', '').replace(/ {8}resources.*\n/, ''),
  },
};

export const IDLE_ALERT: RuleCase = {
  rule: idleAlert,
  good: `${JOB}---${named('GpuIdle', 'DCGM_FI_PROF_GR_ENGINE_ACTIVE < 0.05')}`,
  options: { complete: true },
  flips: [
    {
      change: { [`${RULE}.expr`]: 'up == 0' },
      object: 1,
      at: '',
      says: /holds GPUs, and no alert of the set tells when they are idle/,
      severity: Severity.INFO,
    },
  ],
  silent: { 'nobody holds GPUs': ALERTS.replaceAll('GPU_UTIL', 'FB_USED') },
};
