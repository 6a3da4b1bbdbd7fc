import { Severity } from '../../../../src/policy/finding';
import { tensorParallelSize } from '../../../../src/policy/rules/oom/tensor-parallel-size';
import type { RuleCase } from '../../rule-case';

const server = (args: string, gpus = 4, command = 'vllm, serve, model'): string => `
apiVersion: v1
kind: Pod
metadata: { name: chat, namespace: ml }
spec:
  containers:
  - name: main
    image: registry.example.com/engine:v1
    command: [${command}]
    args: [${args}]
    resources: { limits: { nvidia.com/gpu: ${gpus}, memory: 64Gi } }
`;
const GROUP = `
apiVersion: leaderworkerset.x-k8s.io/v1
kind: LeaderWorkerSet
metadata: { name: x, namespace: ml }
spec:
  replicas: 2
  leaderWorkerTemplate:
    size: 2
    workerTemplate: { spec: { containers: [{ name: w, image: vllm/vllm-openai:v1, resources: { limits: { nvidia.com/gpu: 8 } } }] } }
    leaderTemplate:
      spec:
        containers:
        - { name: leader, image: vllm/vllm-openai:v1, command: [vllm, serve, m], args: [--tensor-parallel-size=16], resources: { limits: { nvidia.com/gpu: 8 } } }
`;
const at = 'spec.containers[0].args';
const flip = (args: string[], says: RegExp, severity: Severity): RuleCase['flips'][number] => ({
  change: { [at]: args },
  at,
  says,
  severity,
});

export const TENSOR_PARALLEL_SIZE: RuleCase = {
  rule: tensorParallelSize,
  good: server('--tensor-parallel-size=4'),
  flips: [
    flip(['--tensor-parallel-size=8'], /cuts its model into 8 in container main, which has 4 GPUs/, Severity.ERROR),
    flip(['--tensor-parallel-size', '2'], /cuts its model into 2 in/, Severity.WARNING),
    flip(['--max-model-len=8192'], /cuts its model into 1 in/, Severity.WARNING),
    flip(['--tensor-parallel-size=8', '--port=$(PORT)'], /cuts its model into 8 in/, Severity.ERROR),
    {
      change: { 'spec.containers[0].command': ['vllm', 'serve', 'm', '--tensor-parallel-size=8'], [at]: undefined },
      at: 'spec.containers[0].command',
      says: /cuts its model into 8 in/,
      severity: Severity.ERROR,
    },
    {
      change: {
        'spec.containers[0].command': ['python', '-m', 'vllm.entrypoints.openai.api_server'],
        [at]: ['--model=m'],
      },
      at,
      says: /cuts its model into 1 in/,
      severity: Severity.WARNING,
    },
    {
      change: { "spec.containers[0].resources.limits['nvidia.com/gpu']": 1 },
      at,
      says: /which has 1 GPU\.$/,
      severity: Severity.ERROR,
    },
    flip(['-tp', '4', '--pipeline-parallel-size', '2'], /cuts its model into 8 in/, Severity.ERROR),
  ],
  silent: {
    'the product is right': server('--tensor-parallel-size=2, --pipeline-parallel-size=2'),
    'copies in one pod': server('--tensor-parallel-size=2, --data-parallel-size=2'),
    'over several nodes': server('--tp, "8", --nnodes, "2", --node-rank, "0"', 4, 'python, -m, sglang.launch_server'),
    'attention in copies within the parts': server(
      '--tp, "4", --dp, "4", --enable-dp-attention',
      4,
      'python, -m, sglang.launch_server',
    ),
    'it takes all by itself': server('--model-id, m', 4, 'text-generation-launcher'),
    'LMDeploy takes all by itself': server('--server-port=80', 4, 'lmdeploy, serve, api_server, m'),
    'an image with settings of its own': server('--max-model-len=8192', 4, 'run.sh').replace('engine:', 'vllm-openai:'),
    'no GPUs of its own': server('--tensor-parallel-size=8', 0),
    'an option that names an engine': server('--tp=8, --like=vllm', 4, 'python, train.py'),
    'processes of Ray': server('', 4, 'sh, -c, "ray start --head && vllm serve m --tensor-parallel-size=8"'),
    'options that a variable brings': server('', 4, 'sh, -c, "vllm serve m --tensor-parallel-size=8 $OPTIONS"'),
    'a variable': server('--tensor-parallel-size=$(TP)'),
    'settings in a file': server('--config=/etc/vllm.yaml'),
    'another program': server('--tp=8', 4, 'python, train.py'),
    'a group of pods': GROUP,
    'a group whose GPUs are not known': GROUP.replace('gpu: 8', 'gpu: "{{gpus}}"').replace('size=16', 'size=64'),
    'the pods of a group that its leader speaks for': GROUP.replace(
      'image: vllm/vllm-openai:v1, resources',
      'image: vllm/vllm-openai:v1, command: [vllm, serve, m, --tensor-parallel-size=64], resources',
    ),
    'a predictor with workers': `
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: chat, namespace: ml }
spec:
  predictor:
    workerSpec: { pipelineParallelSize: 2, tensorParallelSize: 8 }
    model:
      modelFormat: { name: huggingface }
      args: [--tensor-parallel-size=64]
      resources: { limits: { nvidia.com/gpu: 4 } }
`,
    'a cluster of Ray': `
apiVersion: ray.io/v1
kind: RayCluster
metadata: { name: chat, namespace: ml }
spec:
  headGroupSpec:
    rayStartParams: {}
    template:
      spec:
        containers: [{ name: head, image: 'a/b:1', command: [vllm, serve, m, --tensor-parallel-size=64], resources: { limits: { nvidia.com/gpu: 8 } } }]
`,
  },
};

const LEADER = 'spec.leaderWorkerTemplate.leaderTemplate.spec.containers[0].args';

export const TENSOR_PARALLEL_SIZE_OF_A_GROUP: RuleCase = {
  rule: tensorParallelSize,
  good: GROUP,
  flips: [
    {
      change: { [LEADER]: ['--tensor-parallel-size=16', '--pipeline-parallel-size=2'] },
      at: LEADER,
      says: /cuts its model into 32 in container leader, whose group of pods has 16 GPUs/,
      severity: Severity.ERROR,
    },
  ],
};

const MODEL = 'spec.predictor.model.args';

export const TENSOR_PARALLEL_SIZE_OF_KSERVE: RuleCase = {
  rule: tensorParallelSize,
  good: `
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: chat, namespace: ml }
spec:
  predictor:
    model:
      modelFormat: { name: huggingface }
      storageUri: hf://org/model
      args: [--tensor-parallel-size=4]
      resources: { limits: { nvidia.com/gpu: 4, memory: 64Gi } }
`,
  flips: [
    {
      change: { [MODEL]: ['--tensor-parallel-size=8'] },
      at: MODEL,
      says: /into 8 .* 4 GPUs/,
      severity: Severity.ERROR,
    },
  ],
};
