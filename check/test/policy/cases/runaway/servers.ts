import { Severity } from '../../../../src/policy/finding';
import { interactiveGpu } from '../../../../src/policy/rules/runaway/interactive-gpu';
import { scalingAboveQuota } from '../../../../src/policy/rules/runaway/scaling-above-quota';
import { undisruptableServer } from '../../../../src/policy/rules/runaway/undisruptable-server';
import type { RuleCase } from '../../rule-case';

const SERVER = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: model, namespace: ml }
spec:
  replicas: 2
  selector: { matchLabels: { app: model } }
  template:
    metadata: { labels: { app: model }, annotations: { prometheus.io/scrape: "true" } }
    spec:
      containers:
      - name: main
        image: registry.example.com/server:v1
        command: [python, serve.py]
        resources: { limits: { nvidia.com/gpu: 1 } }
`;
const CONTAINER = 'spec.template.spec.containers[0]';

export const INTERACTIVE_GPU: RuleCase = {
  rule: interactiveGpu,
  good: SERVER,
  flips: [
    ...(
      [
        [['sleep', 'infinity'], /waits with GPUs for somebody to work in it \(sleep\)/],
        [['sh', '-c', 'while true; do sleep 3600; done'], /\(sleep\)/],
        [['bash', '-c', 'nvidia-smi && tail -f /dev/null'], /\(tail -f \/dev\/null\)/],
        [['jupyter', 'lab', '--ip=0.0.0.0'], /\(jupyter\)/],
        [['bash', '-c', 'trap : TERM INT; sleep infinity & wait'], /\(sleep\)/],
        [['sh', '-c', 'while true\ndo\n  echo "$(date)"\n  sleep 30\ndone\n'], /\(sleep\)/],
        [['bash', '-c', 'nvidia-smi\nsleep 3600\n'], /\(sleep\)/],
        [['sleep', '1d'], /\(sleep\)/],
      ] as const
    ).map(([command, says]) => ({
      change: { [`${CONTAINER}.command`]: [...command] },
      at: `${CONTAINER}.command`,
      says,
      severity: Severity.ERROR,
    })),
    {
      change: { [`${CONTAINER}.command`]: undefined, [`${CONTAINER}.image`]: 'codercom/code-server:4.9' },
      at: `${CONTAINER}.image`,
      says: /\(codercom\/code-server:4.9\)/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'a server in the background': SERVER.replace(
      '[python, serve.py]',
      "[sh, -c, 'python serve.py & tail -f /dev/null']",
    ),
    'a server that is waited for': SERVER.replace(
      '[python, serve.py]',
      "[sh, -c, 'python serve.py & sleep 300 & wait']",
    ),
    'a pause before the server': SERVER.replace('[python, serve.py]', "[sh, -c, 'sleep 600; python serve.py']"),
    'a pause after a failure': SERVER.replace('[python, serve.py]', "[sh, -c, 'python serve.py || sleep 60']"),
    'a loop that works': SERVER.replace(
      '[python, serve.py]',
      "[sh, -c, 'while true; do python poll.py; sleep 30; done']",
    ),
    'a pod that ends with its sleep': `
apiVersion: v1
kind: Pod
metadata: { name: look }
spec:
  restartPolicy: Never
  containers: [{ name: main, image: 'a/b:1', command: [sleep, 1h], resources: { limits: { nvidia.com/gpu: 1 } } }]
`,
    'a downscaler stops it': SERVER.replace(
      'name: model,',
      'name: model, annotations: { downscaler/uptime: "Mon-Fri 07:00-19:00 Europe/Paris" },',
    ).replace('[python, serve.py]', '[sleep, infinity]'),
    'a pod that ends': `
apiVersion: v1
kind: Pod
metadata: { name: work }
spec:
  activeDeadlineSeconds: 28800
  containers: [{ name: main, image: 'a/b:1', command: [sleep, infinity], resources: { limits: { nvidia.com/gpu: 1 } } }]
`,
    'without GPUs': SERVER.replace('[python, serve.py]', '[sleep, infinity]').replace(/ {8}resources.*\n/, ''),
    'KEDA stops it': `${SERVER.replace('[python, serve.py]', '[sleep, infinity]')}---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: hours, namespace: ml }
spec: { scaleTargetRef: { name: model }, triggers: [{ type: cron, metadata: {} }] }
`,
  },
};

export const INTERACTIVE_GPU_OF_NOTEBOOK: RuleCase = {
  rule: interactiveGpu,
  good: `
apiVersion: kubeflow.org/v1
kind: Notebook
metadata: { name: work, namespace: ml }
spec:
  template:
    spec:
      containers:
      - name: work
        image: registry.example.com/notebook:v1
        resources: { limits: { cpu: 1 } }
`,
  flips: [
    {
      change: { [`${CONTAINER}.resources.limits['nvidia.com/gpu']`]: 1 },
      at: CONTAINER,
      says: /is a notebook with GPUs, and nothing here stops it/,
      severity: Severity.WARNING,
    },
  ],
};

export const UNDISRUPTABLE_SERVER: RuleCase = {
  rule: undisruptableServer,
  good: SERVER,
  flips: [
    {
      change: { "spec.template.metadata.annotations['karpenter.sh/do-not-disrupt']": 'true' },
      at: "spec.template.metadata.annotations['karpenter.sh/do-not-disrupt']",
      says: /has 2 replicas, each of which keeps its node by karpenter.sh\/do-not-disrupt/,
      severity: Severity.WARNING,
    },
    {
      change: { "spec.template.metadata.annotations['cluster-autoscaler.kubernetes.io/safe-to-evict']": 'false' },
      at: "spec.template.metadata.annotations['cluster-autoscaler.kubernetes.io/safe-to-evict']",
      says: /keeps its node/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'one replica': SERVER.replace('replicas: 2', 'replicas: 1').replace(
      'prometheus.io/scrape: "true"',
      'karpenter.sh/do-not-disrupt: "true"',
    ),
    'it may be evicted': SERVER.replace(
      'prometheus.io/scrape: "true"',
      'cluster-autoscaler.kubernetes.io/safe-to-evict: "true"',
    ),
  },
};

const SCALED = `${SERVER}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: model, namespace: ml }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: model }
  minReplicas: 2
  maxReplicas: 8
  metrics: [{ type: Pods, pods: { metric: { name: waiting }, target: { type: AverageValue, averageValue: "2" } } }]
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: gpus, namespace: ml }
spec: { hard: { requests.nvidia.com/gpu: "8" } }
`;

export const SCALING_ABOVE_QUOTA: RuleCase = {
  rule: scalingAboveQuota,
  good: SCALED,
  flips: [
    {
      change: { 'spec.maxReplicas': 9 },
      object: 1,
      at: 'spec.maxReplicas',
      says: /lets Deployment ml\/model grow to 9 of nvidia.com\/gpu, and the quota is 8/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${CONTAINER}.resources.limits`]: { 'nvidia.com/gpu': 2 } },
      at: 'spec.maxReplicas',
      says: /grow to 16 of nvidia.com\/gpu/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'replicas without GPUs': SCALED.replace('maxReplicas: 8', 'maxReplicas: 80').replace(/ {8}resources.*\n/, ''),
    'a server that is not in the set': SCALED.replace('maxReplicas: 8', 'maxReplicas: 80').replace(
      'kind: Deployment, name: model',
      'kind: Deployment, name: other',
    ),
    'a quota of another namespace': SCALED.replace('maxReplicas: 8', 'maxReplicas: 80').replace(
      'name: gpus, namespace: ml',
      'name: gpus, namespace: web',
    ),
    'a quota for some pods': SCALED.replace('maxReplicas: 8', 'maxReplicas: 80').replace(
      'hard:',
      'scopes: [Terminating], hard:',
    ),
  },
};

export const SCALING_ABOVE_QUOTA_OF_KEDA: RuleCase = {
  rule: scalingAboveQuota,
  good: `${SERVER.replace('  replicas: 2\n', '')}---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: model, namespace: ml }
spec: { scaleTargetRef: { name: model }, maxReplicaCount: 4, triggers: [{ type: cron, metadata: {} }] }
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: gpus, namespace: ml }
spec: { hard: { requests.nvidia.com/gpu: "8" } }
`,
  flips: [
    {
      change: { 'spec.maxReplicaCount': undefined },
      object: 1,
      at: 'spec.maxReplicaCount',
      says: /grow to 100 of nvidia.com\/gpu/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.maxReplicaCount': 9 },
      object: 1,
      at: 'spec.maxReplicaCount',
      says: /grow to 9 of nvidia.com\/gpu/,
      severity: Severity.WARNING,
    },
  ],
};

export const SCALING_ABOVE_QUOTA_OF_KSERVE: RuleCase = {
  rule: scalingAboveQuota,
  good: `
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: chat, namespace: ml }
spec:
  predictor:
    minReplicas: 1
    maxReplicas: 4
    model:
      modelFormat: { name: huggingface }
      storageUri: hf://org/model
      resources: { limits: { nvidia.com/gpu: 2 } }
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: gpus, namespace: ml }
spec: { hard: { requests.nvidia.com/gpu: "8" } }
`,
  flips: [
    {
      change: { 'spec.predictor.maxReplicas': 5 },
      at: 'spec.predictor.maxReplicas',
      says: /lets InferenceService ml\/chat grow to 10 of nvidia.com\/gpu, and the quota is 8/,
      severity: Severity.WARNING,
    },
  ],
};

const TUNED = `
apiVersion: kubeflow.org/v1beta1
kind: Experiment
metadata: { name: tune, namespace: ml }
spec:
  parallelTrialCount: 4
  trialTemplate:
    trialSpec:
      apiVersion: batch/v1
      kind: Job
      spec:
        parallelism: 2
        template:
          spec:
            restartPolicy: Never
            containers:
            - name: main
              image: registry.example.com/trainer:v1
              resources: { limits: { nvidia.com/gpu: 1 } }
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: gpus, namespace: ml }
spec: { hard: { requests.nvidia.com/gpu: 8 } }
`;

export const TRIALS_ABOVE_QUOTA: RuleCase = {
  rule: scalingAboveQuota,
  good: TUNED,
  flips: [
    {
      change: { 'spec.parallelTrialCount': 5 },
      at: 'spec.parallelTrialCount',
      says: /runs 5 trials at once, which take 10 of nvidia.com\/gpu, and the quota is 8/,
      fix: /Lower parallelTrialCount/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.hard': { 'requests.nvidia.com/gpu': 5 } },
      object: 1,
      at: 'spec.parallelTrialCount',
      says: /runs 4 trials at once, which take 8/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'three by itself': TUNED.replace('  parallelTrialCount: 4\n', '').replace('gpu: 8', 'gpu: 6'),
    'trials without GPUs': TUNED.replace('parallelTrialCount: 4', 'parallelTrialCount: 9').replace(
      / {14}resources.*\n/,
      '',
    ),
    'no quota': TUNED.replace('parallelTrialCount: 4', 'parallelTrialCount: 9').replace(
      'name: gpus, namespace: ml',
      'name: gpus, namespace: web',
    ),
  },
};
