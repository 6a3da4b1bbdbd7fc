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
    'a variable': server('--tensor-parallel-size=$(TP)'),
    'settings in a file': server('--config=/etc/vllm.yaml'),
    'another program': server('--tp=8', 4, 'python, train.py'),
    'a group of pods': GROUP,
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
