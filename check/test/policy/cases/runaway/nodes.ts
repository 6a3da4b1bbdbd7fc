import type { Json } from '../../../../src/inventory/json';
import { Severity } from '../../../../src/policy/finding';
import { driftEndsRuns } from '../../../../src/policy/rules/runaway/drift-ends-runs';
import { experimentOnDemand } from '../../../../src/policy/rules/runaway/experiment-on-demand';
import { idleNodesKept } from '../../../../src/policy/rules/runaway/idle-nodes-kept';
import { nodePoolLimits } from '../../../../src/policy/rules/runaway/node-pool-limits';
import { nodesNeverRenewed } from '../../../../src/policy/rules/runaway/nodes-never-renewed';
import type { RuleCase } from '../../rule-case';

const POOL = `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: gpu }
spec:
  limits: { nvidia.com/gpu: 16 }
  disruption: { consolidateAfter: 10m, consolidationPolicy: WhenEmpty }
  template:
    spec:
      expireAfter: 720h
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: gpu }
      taints: [{ key: nvidia.com/gpu, effect: NoSchedule }]
      requirements:
      - { key: karpenter.sh/capacity-type, operator: In, values: [on-demand] }
      - { key: karpenter.k8s.aws/instance-family, operator: In, values: [p5] }
`;
const RESERVED = POOL.replace('[on-demand]', '[reserved]');
const ORDINARY = POOL.replace(/ {6}taints.*\n/, '')
  .replace('values: [p5]', 'values: [m7i]')
  .replace('nvidia.com/gpu', 'cpu');

export const NODE_POOL_LIMITS: RuleCase = {
  rule: nodePoolLimits,
  good: POOL,
  flips: [
    {
      change: { 'spec.limits': undefined },
      at: 'spec.limits',
      says: /starts nodes with GPUs without a limit/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.limits': { cpu: 1000 } },
      at: 'spec.limits',
      says: /limits cpu, and not GPUs/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'nodes that are paid anyway': RESERVED.replace('  limits: { nvidia.com/gpu: 16 }\n', ''),
    'a fixed number of nodes': POOL.replace('limits: { nvidia.com/gpu: 16 }', 'replicas: 2'),
    'nodes that are partly paid anyway': POOL.replace('[on-demand]', '[on-demand, reserved]').replace(
      '  limits: { nvidia.com/gpu: 16 }\n',
      '',
    ),
    'a limit of nodes': POOL.replace('limits: { nvidia.com/gpu: 16 }', 'limits: { nodes: 4 }'),
    'a limit of CPU for nodes without GPUs': ORDINARY,
  },
};

const DEMAND = 'spec.template.spec.requirements[1]';
const demanding = (demand: string): string => ORDINARY.replace(/- \{ key: karpenter.k8s.aws.*\}/, `- { ${demand} }`);

export const NODE_POOL_LIMITS_WITHOUT_GPUS: RuleCase = {
  rule: nodePoolLimits,
  good: ORDINARY,
  flips: [
    ...(
      [
        ['karpenter.k8s.aws/instance-gpu-count', 'Gt', ['0']],
        ['karpenter.k8s.aws/instance-gpu-name', 'Exists'],
        ['karpenter.k8s.aws/instance-gpu-name', 'In', ['l4', 'l40s']],
        ['karpenter.k8s.aws/instance-category', 'In', ['g', 'p']],
        ['karpenter.k8s.aws/instance-family', 'In', ['p5']],
        ['karpenter.k8s.aws/instance-family', 'In', ['p5', 'p4d']],
        ['node.kubernetes.io/instance-type', 'In', ['p5.48xlarge']],
        ['karpenter.azure.com/sku-family', 'In', ['NC']],
      ] as const
    ).map(([key, operator, values]) => ({
      change: { [DEMAND]: { key, operator, ...(values && { values: [...values] }) } },
      at: 'spec.limits',
      says: /limits cpu, and not GPUs/,
      severity: Severity.WARNING,
    })),
    {
      change: { 'spec.template.spec.taints': [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }] },
      at: 'spec.limits',
      says: /limits cpu, and not GPUs/,
      severity: Severity.WARNING,
    },
    {
      change: { "spec.template.metadata.labels['cloud.google.com/gke-accelerator']": 'nvidia-l4' },
      at: 'spec.limits',
      says: /limits cpu, and not GPUs/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.limits': undefined },
      at: 'spec.limits',
      says: /starts nodes without a limit/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'machines without GPUs': demanding('key: karpenter.k8s.aws/instance-gpu-count, operator: DoesNotExist'),
    'not those with GPUs': demanding('key: karpenter.k8s.aws/instance-gpu-name, operator: NotIn, values: [l4]'),
    'some without GPUs': demanding('key: karpenter.k8s.aws/instance-category, operator: In, values: [g, m]'),
    'all but one family': demanding('key: karpenter.k8s.aws/instance-family, operator: NotIn, values: [p5]'),
    'a taint of somebody else': ORDINARY.replace(
      'requirements:',
      'taints: [{ key: dedicated, effect: NoSchedule }]\n      requirements:',
    ),
  },
};

export const IDLE_NODES_KEPT: RuleCase = {
  rule: idleNodesKept,
  good: POOL,
  flips: [
    {
      change: { 'spec.disruption.consolidateAfter': 'Never' },
      at: 'spec.disruption.consolidateAfter',
      says: /keeps nodes with GPUs that stand empty/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'nodes without GPUs': ORDINARY.replace('10m', 'Never'),
    'nodes that are paid anyway': RESERVED.replace('10m', 'Never'),
  },
};

const KEPT = `${POOL}---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: model, namespace: ml }
spec:
  selector: { matchLabels: { app: model } }
  serviceName: model
  template:
    metadata: { labels: { app: model }, annotations: { karpenter.sh/do-not-disrupt: "true" } }
    spec:
      containers:
      - name: main
        image: registry.example.com/server:v1
        resources: { limits: { nvidia.com/gpu: 1 } }
`;

export const NODES_NEVER_RENEWED: RuleCase = {
  rule: nodesNeverRenewed,
  good: KEPT,
  flips: [
    {
      change: { 'spec.template.spec.expireAfter': 'Never' },
      at: 'spec.template.spec.expireAfter',
      says: /renews its nodes never, and StatefulSet ml\/model refuses to leave them/,
      severity: Severity.WARNING,
    },
    {
      change: { 'spec.template.spec.expireAfter': '2000h' },
      at: 'spec.template.spec.expireAfter',
      says: /renews its nodes after 2000h/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'pods that may be moved': KEPT.replace('expireAfter: 720h', 'expireAfter: Never').replace('"true"', '"false"'),
    'an end to the patience': KEPT.replace(
      'expireAfter: 720h',
      'expireAfter: Never\n      terminationGracePeriod: 48h',
    ),
  },
};

export const NODES_NEVER_RENEWED_ALONE: RuleCase = {
  rule: nodesNeverRenewed,
  good: POOL,
  flips: [
    {
      change: { 'spec.template.spec.expireAfter': 'Never' },
      at: 'spec.template.spec.expireAfter',
      says: /renews its nodes never\.$/,
      severity: Severity.INFO,
    },
  ],
  silent: { 'nodes that are paid anyway': RESERVED.replace('720h', 'Never') },
};

export const NODES_NEVER_RENEWED_BEFORE_V1: RuleCase = {
  rule: nodesNeverRenewed,
  good: POOL,
  flips: [
    {
      change: {
        apiVersion: 'karpenter.sh/v1beta1',
        'spec.template.spec.expireAfter': undefined,
        'spec.disruption.expireAfter': 'Never',
      },
      at: 'spec.disruption.expireAfter',
      says: /renews its nodes never\.$/,
      severity: Severity.INFO,
    },
  ],
};

export const DRIFT_ENDS_RUNS_ALONE: RuleCase = {
  rule: driftEndsRuns,
  good: POOL,
  flips: [
    {
      change: { 'spec.template.spec.terminationGracePeriod': '24h' },
      at: 'spec.template.spec.terminationGracePeriod',
      says: /ends pods 24h after their node has drifted, also those that refuse to be disrupted/,
      severity: Severity.INFO,
    },
  ],
};

const POOL_GPU = 'values: [p5]';
const DRIFTING = `${POOL.replace('expireAfter', 'terminationGracePeriod: 24h\n      expireAfter')}---
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml }
spec:
  activeDeadlineSeconds: 72000
  template:
    metadata: { annotations: { karpenter.sh/do-not-disrupt: "true" } }
    spec:
      restartPolicy: Never
      containers:
      - name: main
        image: registry.example.com/trainer:v1
        resources: { limits: { nvidia.com/gpu: 1 } }
`;

export const DRIFT_ENDS_RUNS: RuleCase = {
  rule: driftEndsRuns,
  good: DRIFTING,
  flips: [
    {
      change: { 'spec.template.spec.terminationGracePeriod': '1h30m' },
      at: 'spec.template.spec.terminationGracePeriod',
      says: /ends pods 1h30m after their node has drifted, also Job ml\/train, which may run for 72000 seconds/,
      severity: Severity.WARNING,
    },
    ...([{ nodes: '10%', reasons: ['Drifted'] }, { nodes: '0', reasons: ['Empty'] }, { nodes: '05' }] as Json[]).map(
      (budget) => ({
        change: { 'spec.template.spec.terminationGracePeriod': '1h', 'spec.disruption.budgets': [budget] },
        at: 'spec.template.spec.terminationGracePeriod',
        says: /ends pods 1h after their node has drifted/,
        severity: Severity.WARNING,
      }),
    ),
  ],
  silent: {
    'a budget against drift': DRIFTING.replace('24h', '1h').replace(
      'consolidateAfter: 10m,',
      'consolidateAfter: 10m, budgets: [{ nodes: "0", reasons: [Drifted] }],',
    ),
    'a budget against every disruption': DRIFTING.replace('24h', '1h').replace(
      'consolidateAfter: 10m,',
      'consolidateAfter: 10m, budgets: [{ nodes: 0% }],',
    ),
    'just enough': DRIFTING.replace('24h', '20h'),
    'nodes without GPUs': DRIFTING.replace('24h', '1h')
      .replace(POOL_GPU, 'values: [m7i]')
      .replace(/ {6}taints.*\n/, '')
      .replace('{ nvidia.com/gpu: 16 }', '{ cpu: 16 }'),
    'a text that is no time': DRIFTING.replace('24h', 'soon'),
    'no grace period at all': DRIFTING.replace('terminationGracePeriod: 24h\n', ''),
  },
};

const EXPERIMENT = `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml }
spec:
  activeDeadlineSeconds: 3600
  template:
    spec:
      restartPolicy: Never
      priorityClassName: ml-experiment
      nodeSelector: { karpenter.sh/capacity-type: spot }
      containers:
      - name: main
        image: registry.example.com/trainer:v1
        resources: { limits: { nvidia.com/gpu: 1 } }
`;

export const EXPERIMENT_ON_DEMAND: RuleCase = {
  rule: experimentOnDemand,
  // Spot without checkpoints is another finding.
  good: EXPERIMENT.replace('      nodeSelector: { karpenter.sh/capacity-type: spot }\n', ''),
  flips: [
    {
      change: { 'spec.template.spec.nodeSelector': { 'karpenter.sh/capacity-type': 'on-demand' } },
      at: "spec.template.spec.nodeSelector['karpenter.sh/capacity-type']",
      says: /has the priority ml-experiment and asks for machines at the full price/,
      severity: Severity.INFO,
    },
  ],
  silent: {
    'spot nodes': EXPERIMENT,
    'work that matters': EXPERIMENT.replace('ml-experiment', 'ml-train-prod').replace(': spot', ': on-demand'),
  },
};
