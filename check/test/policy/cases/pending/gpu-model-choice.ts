import { profileFacts } from '../../../../src/inventory/profile';
import { Severity } from '../../../../src/policy/finding';
import { gpuModelChoice } from '../../../../src/policy/rules/pending/gpu-model-choice';
import type { RuleCase } from '../../rule-case';
import { H100, podWith, profileWith, TOLERATION } from './manifests';

const GPU = '{ limits: { nvidia.com/gpu: 1 } }';
const CHOICE = `${TOLERATION}\nnodeSelector: { nvidia.com/gpu.product: NVIDIA-L4 }`;
const at = 'spec.nodeSelector';

export const GPU_MODEL_CHOICE: RuleCase = {
  rule: gpuModelChoice,
  good: podWith(GPU, CHOICE),
  flips: [
    { change: { [at]: undefined }, at, says: /takes a GPU of any model\.$/, severity: Severity.INFO },
    { change: { [at]: { 'nvidia.com/gpu.present': 'true' } }, at, says: /any model/, severity: Severity.INFO },
    { change: { [at]: { 'kubernetes.io/os': 'linux' } }, at, says: /any model/, severity: Severity.INFO },
    ...[
      'node.kubernetes.io/unreachable',
      'node-role.kubernetes.io/control-plane',
      'cloud.google.com/gke-spot',
      'example.com/spot',
      'kubernetes.azure.com/scalesetpriority',
      'nvidia.com/gpu',
      '',
    ].map((key) => ({
      change: { [at]: undefined, 'spec.tolerations': [{ key, operator: 'Exists' }] },
      at,
      says: /takes a GPU of any model\.$/,
      severity: Severity.INFO,
    })),
    ...['--bf16=no', '--bf16=false', '--bf16=0', '--model=org/model-6b', `--bf16-${'x'.repeat(293)}`].map((arg) => ({
      change: { [at]: undefined, 'spec.containers[0].args': [arg] },
      at,
      says: /takes a GPU of any model\.$/,
      severity: Severity.INFO,
    })),
    ...['--bf16=nope', '--model=org/model-7b', `--bf16-${'x'.repeat(292)}`].map((arg) => ({
      change: { [at]: undefined, 'spec.containers[0].args': [arg] },
      at,
      says: /of any model, and needs/,
      severity: Severity.WARNING,
    })),
  ],
  silent: {
    'in a queue, whose flavor chooses': podWith(GPU).replace(
      'namespace: ml',
      'namespace: ml, labels: { kueue.x-k8s.io/queue-name: research }',
    ),
    'on a node by its name': podWith(GPU, 'nodeName: gpu-1'),
    'no GPU': podWith('{}'),
    'a device of another kind beside it': podWith('{ limits: { nvidia.com/gpu: 1, nvidia.com/mig-1g.10gb: 1 } }'),
    'a part of a GPU': podWith('{ limits: { nvidia.com/gpu.shared: 1 } }'),
    'a taint among others': podWith(GPU, `${TOLERATION.replace(']', ', { key: spot-a, operator: Exists }]')}`),
    'a term with more than the model': podWith(
      GPU,
      'affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: kubernetes.io/os, operator: In, values: [linux] }, { key: nvidia.com/gpu.family, operator: In, values: [hopper] }] }, { matchExpressions: [{ key: kubernetes.io/os, operator: In, values: [linux] }] }] } } }',
    ),
    'a group of nodes': podWith(GPU, 'nodeSelector: { team: nlp }'),
    'one of several terms of affinity chooses': podWith(
      GPU,
      'affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: nvidia.com/gpu.family, operator: In, values: [hopper] }] }, { matchExpressions: [{ key: nvidia.com/gpu.family, operator: In, values: [ampere] }] }] } } }',
    ),
    'a slice is of one model already': podWith('{ limits: { nvidia.com/mig-1g.10gb: 1 } }'),
    'nodes kept for it by a taint': podWith(GPU, 'tolerations: [{ key: team, value: nlp, effect: NoSchedule }]'),
  },
};

export const GPU_MODEL_CHOICE_WITH_NEED: RuleCase = {
  rule: gpuModelChoice,
  good: podWith(GPU, CHOICE).replace('main\n', 'main\n    command: [python, train.py, --dtype=bfloat16]\n'),
  flips: [{ change: { [at]: undefined }, at, says: /needs bfloat16 \(--dtype=bfloat16\)/, severity: Severity.WARNING }],
};

export const GPU_MODEL_CHOICE_FOR_LARGE_MODEL: RuleCase = {
  rule: gpuModelChoice,
  good: podWith(GPU, CHOICE).replace('main\n', 'main\n    args: [--model, org/model-70b-chat]\n'),
  flips: [{ change: { [at]: undefined }, at, says: /needs memory for 70B parameters/, severity: Severity.WARNING }],
};

export const GPU_MODEL_CHOICE_OF_ONE: RuleCase = {
  rule: gpuModelChoice,
  options: {
    profile: profileFacts(profileWith({ h100: H100, l4: { ...H100, gpu: 'l4', instanceType: 'g6.xlarge' } })),
  },
  good: podWith(GPU, `${TOLERATION}\nnodeSelector: { cdk8s-ml.dev/pool: l4 }`),
  flips: [{ change: { [at]: undefined }, at, says: /any model/, severity: Severity.INFO }],
};

/** Nodes of one model only: there is nothing to choose. */
export const GPU_MODEL_CHOICE_OF_TWO: RuleCase = {
  rule: gpuModelChoice,
  options: { profile: profileFacts(profileWith({ h100: H100 })) },
  good: podWith(GPU, TOLERATION),
  flips: [],
};
