import { profileFacts } from '../../../../src/inventory/profile';
import { Severity } from '../../../../src/policy/finding';
import { fabricDevices } from '../../../../src/policy/rules/slow-gang/fabric-devices';
import { fabricSettings } from '../../../../src/policy/rules/slow-gang/fabric-settings';
import { gangNetworkPolicy } from '../../../../src/policy/rules/slow-gang/gang-network-policy';
import { gangService } from '../../../../src/policy/rules/slow-gang/gang-service';
import { gangZone } from '../../../../src/policy/rules/slow-gang/gang-zone';
import { hostNetwork } from '../../../../src/policy/rules/slow-gang/host-network';
import { partialNode } from '../../../../src/policy/rules/slow-gang/partial-node';
import { slowNetwork } from '../../../../src/policy/rules/slow-gang/slow-network';
import type { RuleCase } from '../../rule-case';
import { INDEXED_JOB, MASTER, POD, PYTORCH_JOB, WORKER } from './manifests';

const LIMITS = `${POD}.containers[0].resources.limits`;
const EFA = `${LIMITS}['vpc.amazonaws.com/efa']`;

export const FABRIC_DEVICES: RuleCase = {
  rule: fabricDevices,
  good: INDEXED_JOB,
  flips: [
    {
      change: { [EFA]: undefined },
      at: EFA,
      says: /none of the 4 network cards of p4d.24xlarge/,
      severity: Severity.WARNING,
      facts: ['ML-DIST-004'],
    },
    {
      change: { [EFA]: 1 },
      at: EFA,
      says: /takes all GPUs of p4d.24xlarge and 1 of its 4/,
      severity: Severity.WARNING,
      facts: ['ML-DIST-005'],
    },
  ],
  silent: {
    'a machine without a fabric': INDEXED_JOB.replace('p4d.24xlarge', 'g5.xlarge').replace(
      ' vpc.amazonaws.com/efa: 4,',
      '',
    ),
    'a machine that is not known': INDEXED_JOB.replace('p4d.24xlarge', 'own-1').replace(
      ' vpc.amazonaws.com/efa: 4,',
      '',
    ),
    'a part of the machine': INDEXED_JOB.replace(' vpc.amazonaws.com/efa: 4,', '').replace('gpu: 8', 'gpu: 4'),
    'one pod alone': INDEXED_JOB.replace('parallelism: 2', 'parallelism: 1').replace(' vpc.amazonaws.com/efa: 4,', ''),
    'cards that the container sees by its privilege': INDEXED_JOB.replace(' vpc.amazonaws.com/efa: 4,', '').replace(
      '        resources',
      '        securityContext: { privileged: true }\n        resources',
    ),
  },
};

const withVariables = (manifest: string, env: string): string =>
  manifest.replace('        resources', `        env: ${env}\n        resources`);
const WITHOUT_EFA = INDEXED_JOB.replace(' vpc.amazonaws.com/efa: 4,', '');

export const FABRIC_SETTINGS: RuleCase = {
  rule: fabricSettings,
  good: INDEXED_JOB.replace('        resources', '        env: [{ name: NCCL_DEBUG, value: INFO }]\n        resources'),
  flips: [
    ...(
      [
        ['FI_EFA_USE_DEVICE_RDMA', '1'],
        ['RDMAV_FORK_SAFE', '1'],
        ['NCCL_IB_DISABLE', '1'],
        ['NCCL_P2P_DISABLE', '1'],
        ['NCCL_PROTO', 'simple'],
      ] as const
    ).map(([name, value]) => ({
      change: { [`${POD}.containers[0].env[0]`]: { name, value } },
      at: `${POD}.containers[0].env[0].value`,
      says: new RegExp(`sets ${name}`),
      severity: Severity.WARNING,
    })),
    {
      change: { [`${POD}.containers[0].args`]: ['sh', '-c', 'export NCCL_IB_DISABLE=1 && ./train'] },
      at: `${POD}.containers[0].args`,
      says: /sets NCCL_IB_DISABLE/,
      severity: Severity.WARNING,
    },
    {
      change: { [`${POD}.containers[0].command`]: ['sh', '-c', 'export NCCL_IB_DISABLE=true && ./train'] },
      at: `${POD}.containers[0].command`,
      says: /sets NCCL_IB_DISABLE/,
      severity: Severity.WARNING,
    },
    {
      change: {
        [`${POD}.containers[0].env[0]`]: { name: 'NCCL_PROTO', value: 'Simple' },
        [`${POD}.containers[1]`]: { name: 'logs', image: 'registry.example.com/logs:v1' },
      },
      at: `${POD}.containers[0].env[0].value`,
      says: /sets NCCL_PROTO, which the EFA plugin decides by itself/,
      severity: Severity.WARNING,
    },
    {
      change: {
        [`${POD}.containers[0].env`]: [
          { name: 'NCCL_PROTO', value: 'simple' },
          { name: 'FI_PROVIDER', value: 'efa' },
        ],
        [`${POD}.containers[0].resources.limits`]: { 'nvidia.com/gpu': 8, memory: '512Gi' },
      },
      at: `${POD}.containers[0].env[0].value`,
      says: /sets NCCL_PROTO/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    ...Object.fromEntries(
      ['[{ name: FI_PROVIDER, value: tcp }', '[{ name: FABRIC, value: efa }', '['].map((env) => [
        `a protocol without EFA, beside ${env.slice(1)}`,
        withVariables(WITHOUT_EFA, `${env}${env === '[' ? '' : ', '}{ name: NCCL_PROTO, value: simple }]`),
      ]),
    ),
    'a protocol on a fabric of others': withVariables(
      INDEXED_JOB.replace('vpc.amazonaws.com/efa: 4', 'rdma/hca: 4'),
      '[{ name: NCCL_PROTO, value: simple }]',
    ),
    'a protocol among others': withVariables(INDEXED_JOB, '[{ name: NCCL_PROTO, value: "LL,Simple" }]'),
    'a protocol before others': withVariables(INDEXED_JOB, '[{ name: NCCL_PROTO, value: "Simple,LL" }]'),
    'a switch that is off': INDEXED_JOB.replace(
      '        resources',
      '        env: [{ name: NCCL_IB_DISABLE, value: "0" }]\n        resources',
    ),
    'a pod that has no peers': `
apiVersion: v1
kind: Pod
metadata: { name: serve }
spec:
  containers:
  - name: main
    image: a/b:1
    env: [{ name: NCCL_IB_DISABLE, value: "1" }, { name: NCCL_P2P_DISABLE, value: "1" }]
    resources: { limits: { nvidia.com/gpu: 1 } }
`,
  },
};

export const FABRIC_SETTINGS_OF_PYTORCH_JOB: RuleCase = {
  rule: fabricSettings,
  good: PYTORCH_JOB.replaceAll('memory: 64Gi', 'memory: 64Gi, vpc.amazonaws.com/efa: 1')
    .replace(', vpc.amazonaws.com/efa: 1', '')
    .replace('command:', 'env: [{ name: NCCL_DEBUG, value: INFO }]\n            command:'),
  flips: [
    {
      change: { [`${MASTER}.containers[0].env[0]`]: { name: 'NCCL_PROTO', value: 'simple' } },
      at: `${MASTER}.containers[0].env[0].value`,
      says: /sets NCCL_PROTO/,
      severity: Severity.WARNING,
    },
  ],
};

const SHARDED = INDEXED_JOB.replace('p4d.24xlarge', 'g5.xlarge')
  .replace(' vpc.amazonaws.com/efa: 4,', '')
  .replace('gpu: 8', 'gpu: 1')
  .replace('node=8', 'node=1')
  .replace('train.py]', 'train.py, --strategy=ddp]');

export const SLOW_NETWORK: RuleCase = {
  rule: slowNetwork,
  good: SHARDED,
  flips: [
    {
      change: { [`${POD}.containers[0].command[5]`]: '--strategy=full_shard' },
      at: `${POD}.containers[0].command`,
      says: /shards over all nodes, and g5.xlarge has no RDMA/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a machine with RDMA': INDEXED_JOB.replace('train.py]', 'train.py, --strategy=fsdp]'),
    'sharding within a node': SHARDED.replace('=ddp', '=fsdp_hybrid_shard'),
  },
};

export const GANG_ZONE: RuleCase = {
  rule: gangZone,
  good: INDEXED_JOB,
  flips: [
    {
      change: { [`${POD}.nodeSelector['topology.kubernetes.io/zone']`]: undefined },
      at: `${POD}.affinity.podAffinity`,
      says: /has 2 pods with GPUs and nothing that keeps them in one zone/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${POD}.nodeSelector['topology.kubernetes.io/zone']`]: undefined, [EFA]: undefined },
      at: `${POD}.affinity.podAffinity`,
      says: /nothing that keeps them in one zone/,
      severity: Severity.WARNING,
    },
    {
      change: {
        [`${POD}.nodeSelector['topology.kubernetes.io/zone']`]: undefined,
        [EFA]: undefined,
        [`${LIMITS}['nvidia.com/gpu']`]: 2,
      },
      at: `${POD}.affinity.podAffinity`,
      says: /nothing that keeps them in one zone/,
      severity: Severity.INFO,
    },
    {
      change: {
        [`${POD}.nodeSelector['topology.kubernetes.io/zone']`]: undefined,
        'metadata.labels': { 'kueue.x-k8s.io/queue-name': 'research' },
      },
      at: `${POD}.affinity.podAffinity`,
      says: /nothing that keeps them in one zone/,
      severity: Severity.INFO,
    },
  ],
  silent: {
    'a pool, which may be one place': INDEXED_JOB.replace(
      'topology.kubernetes.io/zone: eu-west-1a',
      'cdk8s-ml.dev/pool: a',
    ),
    'affinity between pods': INDEXED_JOB.replace(
      'nodeSelector: { topology.kubernetes.io/zone: eu-west-1a, ',
      'affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [] } }\n      nodeSelector: { ',
    ),
    'Kueue by topology': INDEXED_JOB.replace('topology.kubernetes.io/zone: eu-west-1a, ', '').replace(
      'labels: { app: train }',
      'labels: { app: train }, annotations: { kueue.x-k8s.io/podset-required-topology: rack }',
    ),
    'pods without GPUs': INDEXED_JOB.replace('topology.kubernetes.io/zone: eu-west-1a, ', '').replace(
      'nvidia.com/gpu: 8, vpc.amazonaws.com/efa: 4, ',
      '',
    ),
  },
};

const SELECTOR = `${POD}.nodeSelector`;
const BY_NODES = { at: `${POD}.affinity.podAffinity`, says: /has 2 pods with GPUs and nothing that keeps them/ };

/** Whole machines, of which nobody says where they are until a label, a machine type or a profile does. */
export const GANG_ZONE_OF_CLOUD: RuleCase = {
  rule: gangZone,
  good: INDEXED_JOB.replace(' vpc.amazonaws.com/efa: 4,', ''),
  flips: [
    { ...BY_NODES, change: { [SELECTOR]: undefined }, severity: Severity.INFO },
    {
      ...BY_NODES,
      change: { [SELECTOR]: { 'node.kubernetes.io/instance-type': 'own-1' } },
      severity: Severity.INFO,
    },
    {
      ...BY_NODES,
      change: { [SELECTOR]: { 'node.kubernetes.io/instance-type': 'p5.48xlarge' } },
      severity: Severity.WARNING,
    },
    ...['cloud.google.com/gke-accelerator', 'karpenter.k8s.aws/instance-family', 'kubernetes.azure.com/os-sku'].map(
      (label) => ({ ...BY_NODES, change: { [SELECTOR]: { [label]: 'any' } }, severity: Severity.WARNING }),
    ),
  ],
};

const PROFILE = { apiVersion: 'cdk8s-ml.dev/v1', kind: 'ClusterProfile', name: 'hall' };
const ON_PREMISES = { profile: profileFacts(JSON.stringify(PROFILE)) };
const ON_GKE = { profile: profileFacts(JSON.stringify({ ...PROFILE, provider: 'gcp' })) };

export const GANG_ZONE_OF_HALL: RuleCase = {
  rule: gangZone,
  good: INDEXED_JOB.replace(' vpc.amazonaws.com/efa: 4,', ''),
  flips: [{ ...BY_NODES, change: { [SELECTOR]: undefined }, severity: Severity.INFO }],
  options: ON_PREMISES,
};

export const GANG_ZONE_OF_PROVIDER: RuleCase = {
  rule: gangZone,
  good: INDEXED_JOB.replace(' vpc.amazonaws.com/efa: 4,', ''),
  flips: [{ ...BY_NODES, change: { [SELECTOR]: undefined }, severity: Severity.WARNING }],
  options: ON_GKE,
};

export const GANG_ZONE_OF_POOLS: RuleCase = {
  rule: gangZone,
  good: `${PYTORCH_JOB}---
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: gpu }
spec:
  limits: { nvidia.com/gpu: 16 }
  template:
    spec:
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: gpu }
      requirements:
      - { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a, eu-west-1b] }
`,
  flips: [
    {
      change: { [`${MASTER}.nodeSelector`]: undefined, [`${WORKER}.nodeSelector`]: undefined },
      at: `${MASTER}.affinity.podAffinity`,
      says: /nothing that keeps them in one zone/,
      severity: Severity.WARNING,
    },
  ],
};

export const PARTIAL_NODE: RuleCase = {
  rule: partialNode,
  good: INDEXED_JOB,
  flips: [
    {
      change: { [`${LIMITS}['nvidia.com/gpu']`]: 4 },
      at: `${LIMITS}['nvidia.com/gpu']`,
      says: /takes 4 of the 8 GPUs of p4d.24xlarge/,
      severity: Severity.INFO,
    },
  ],
  silent: { 'a machine that is not known': INDEXED_JOB.replace('p4d.24xlarge', 'own-1').replace('gpu: 8', 'gpu: 4') },
};

const ON_HOST = INDEXED_JOB.replace(
  'subdomain',
  'hostNetwork: true\n      dnsPolicy: ClusterFirstWithHostNet\n      subdomain',
);

export const HOST_NETWORK: RuleCase = {
  rule: hostNetwork,
  good: ON_HOST,
  flips: [
    { change: { [EFA]: undefined }, at: `${POD}.hostNetwork`, says: /names no fabric/, severity: Severity.WARNING },
    {
      change: { [`${POD}.dnsPolicy`]: undefined },
      at: `${POD}.dnsPolicy`,
      says: /does not ask the DNS of the cluster/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'the network of its own': ON_HOST.replace('hostNetwork: true', 'hostNetwork: false').replace(
      / vpc.amazonaws.com\/efa: 4,/,
      '',
    ),
    'a resolver of its own': ON_HOST.replace('ClusterFirstWithHostNet', 'None'),
    'a setting that names the cards': withVariables(
      ON_HOST.replace(/ vpc.amazonaws.com\/efa: 4,/, ''),
      '[{ name: NCCL_DEBUG, value: INFO }, { name: NCCL_IB_HCA, value: mlx5_0 }]',
    ),
    'the devices of the cards': ON_HOST.replace(/ vpc.amazonaws.com\/efa: 4,/, '').replace(
      'volumeMounts: [',
      'volumeMounts: [{ name: ib, mountPath: /dev/infiniband/uverbs0 }, ',
    ),
    'a card beside a container that has none': ON_HOST.replace(
      '      containers:\n',
      '      containers:\n      - { name: logs, image: a/b:1 }\n',
    ),
    'a run of one pod without GPUs': `
apiVersion: batch/v1
kind: Job
metadata: { name: scan }
spec: { template: { spec: { hostNetwork: true, containers: [{ name: main, image: 'a/b:1' }] } } }
`,
    'a server with GPUs': `
apiVersion: apps/v1
kind: Deployment
metadata: { name: chat }
spec: { template: { spec: { hostNetwork: true, containers: [{ name: main, image: 'a/b:1', resources: { limits: { nvidia.com/gpu: 1 } } }] } } }
`,
    'slices of TPUs, which talk over it': `
apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: { name: slices }
spec:
  replicatedJobs:
  - name: slice
    replicas: 2
    template:
      spec:
        parallelism: 4
        template:
          spec:
            hostNetwork: true
            dnsPolicy: ClusterFirstWithHostNet
            containers: [{ name: main, image: 'a/b:1', resources: { limits: { google.com/tpu: 4 } } }]
`,
    'an agent of every node': `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: exporter }
spec: { template: { spec: { hostNetwork: true, containers: [{ name: main, image: 'a/b:1' }] } } }
`,
    'a web server': `
apiVersion: apps/v1
kind: Deployment
metadata: { name: proxy }
spec: { template: { spec: { hostNetwork: true, containers: [{ name: main, image: 'a/b:1' }] } } }
`,
  },
};

export const GANG_SERVICE: RuleCase = {
  rule: gangService,
  good: INDEXED_JOB,
  flips: [
    {
      change: { [`${POD}.subdomain`]: undefined },
      at: `${POD}.subdomain`,
      says: /calls its first pod below the Service workers and has no subdomain/,
      severity: Severity.ERROR,
    },
    {
      change: { [`${POD}.subdomain`]: 'other' },
      at: `${POD}.subdomain`,
      says: /below the Service workers and has the subdomain other/,
      severity: Severity.ERROR,
    },
    {
      change: { 'metadata.name': 'nodes' },
      object: 1,
      at: `${POD}.subdomain`,
      says: /has the subdomain workers, and its headless Service is nodes/,
      severity: Severity.ERROR,
    },
    {
      change: { 'metadata.namespace': 'web' },
      object: 1,
      at: `${POD}.subdomain`,
      says: /has the subdomain workers, and no headless Service of that name is here/,
      severity: Severity.INFO,
    },
    {
      change: { 'spec.clusterIP': undefined },
      object: 1,
      at: 'spec.clusterIP',
      says: /is not headless, so the pods of Job ml\/train have no names/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.selector.app': 'web' },
      object: 1,
      at: 'spec.selector',
      says: /does not select the pods of Job ml\/train/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.publishNotReadyAddresses': undefined },
      object: 1,
      at: 'spec.publishNotReadyAddresses',
      says: /does not publish the pods of Job ml\/train before they are ready/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a subdomain that is filled in later': INDEXED_JOB.slice(0, INDEXED_JOB.indexOf('---')).replaceAll(
      'workers',
      '$(NAME)',
    ),
    'a selector by the name of the Job': INDEXED_JOB.replace('{ app: train }\n`', '').replace(
      'selector: { app: train }',
      'selector: { batch.kubernetes.io/job-name: train }',
    ),
    'an address that is known at run time': INDEXED_JOB.replace('train-0.workers', '$(ADDR)'),
  },
};

export const GANG_SERVICE_OF_A_WHOLE_SET: RuleCase = {
  rule: gangService,
  good: INDEXED_JOB,
  flips: [
    {
      change: { 'metadata.namespace': 'web' },
      object: 1,
      at: `${POD}.subdomain`,
      says: /has the subdomain workers, and no headless Service of that name is here/,
      severity: Severity.ERROR,
    },
  ],
  options: { complete: true },
};

export const GANG_SERVICE_ELSEWHERE: RuleCase = {
  rule: gangService,
  good: INDEXED_JOB.slice(0, INDEXED_JOB.indexOf('---')),
  flips: [],
  options: {
    complete: true,
    isExternal: ({ kind, namespace, name }) => `${kind} ${namespace}/${name}` === 'Service ml/workers',
  },
};

export const GANG_SERVICE_OF_PODS_THAT_WAIT: RuleCase = {
  rule: gangService,
  good: INDEXED_JOB.replace(
    '        resources',
    '        readinessProbe: { tcpSocket: { port: 80 } }\n        resources',
  ),
  flips: [
    {
      change: { 'spec.publishNotReadyAddresses': false },
      object: 1,
      at: 'spec.publishNotReadyAddresses',
      says: /does not publish the pods/,
      severity: Severity.ERROR,
    },
  ],
};

const POLICY = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: train, namespace: ml }
spec:
  podSelector: { matchLabels: { app: train } }
  policyTypes: [Ingress, Egress]
  ingress:
  - from: [{ podSelector: { matchLabels: { app: train } } }]
  egress:
  - to: [{ podSelector: { matchLabels: { app: train } } }]
  - to: [{ namespaceSelector: {} }]
    ports: [{ protocol: UDP, port: 53 }]
`;

export const GANG_NETWORK_POLICY: RuleCase = {
  rule: gangNetworkPolicy,
  good: INDEXED_JOB + POLICY,
  flips: [
    {
      change: { 'spec.ingress[0].from[0].podSelector.matchLabels.app': 'web' },
      object: 2,
      at: 'spec.ingress',
      says: /keeps the pods of Job ml\/train from talking to each other/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.ingress[0].ports': [{ port: 29500 }] },
      object: 2,
      at: 'spec.ingress',
      says: /from talking to each other on all ports/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.ingress[0].ports': [{ port: 20000, endPort: 29999 }] },
      object: 2,
      at: 'spec.ingress',
      says: /from talking to each other on all ports/,
      severity: Severity.ERROR,
    },
    {
      change: {
        'spec.ingress[0].from[0]': { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'web' } } },
      },
      object: 2,
      at: 'spec.ingress',
      says: /from talking to each other/,
      severity: Severity.ERROR,
    },
    ...[
      [{ protocol: 'UDP', port: 54 }],
      [{ protocol: 'UDP', port: 'metrics' }],
      [{ protocol: 'UDP', port: 54, endPort: 60 }],
      [{ protocol: 'UDP', port: 1, endPort: 52 }],
    ].map((ports) => ({
      change: { 'spec.egress[1].ports': ports },
      object: 2,
      at: 'spec.egress',
      says: /keeps the pods of Job ml\/train from DNS/,
      severity: Severity.ERROR,
    })),
    {
      change: { 'spec.egress[1].to': [{ podSelector: {} }] },
      object: 2,
      at: 'spec.egress',
      says: /from DNS/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.policyTypes': undefined, 'spec.egress[0]': undefined },
      object: 2,
      at: 'spec.egress',
      says: /from talking to each other/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.egress[0]': undefined },
      object: 2,
      at: 'spec.egress',
      says: /from talking to each other/,
      severity: Severity.ERROR,
    },
    {
      change: { 'spec.egress[1]': undefined },
      object: 2,
      at: 'spec.egress',
      says: /keeps the pods of Job ml\/train from DNS/,
      severity: Severity.ERROR,
    },
    {
      change: {
        'spec.podSelector': {},
        'spec.policyTypes': ['Ingress'],
        'spec.ingress': undefined,
        'spec.egress': undefined,
      },
      object: 2,
      at: 'spec.ingress',
      says: /from talking to each other/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'another policy lets them': `${INDEXED_JOB + POLICY.replace('from: [{ podSelector: { matchLabels: { app: train } } }]', 'from: [{ podSelector: { matchLabels: { app: web } } }]')}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: gang, namespace: ml }
spec:
  podSelector: {}
  ingress: [{ from: [{ podSelector: {} }] }]
`,
    'a policy of another namespace':
      INDEXED_JOB + POLICY.replace('namespace: ml', 'namespace: web').replace('from:', 'x:'),
    ...Object.fromEntries(
      [
        '{ port: 53 }',
        '{ port: dns-tcp }',
        '{ protocol: UDP }',
        '{ port: 1, endPort: 53 }',
        '{ port: 53, endPort: 54 }',
        '{ port: 99 }, { port: 53 }',
      ].map((port) => [`names by ${port}`, INDEXED_JOB + POLICY.replace('{ protocol: UDP, port: 53 }', port)]),
    ),
    ...Object.fromEntries(
      [
        'from: []',
        'from: [{ ipBlock: { cidr: 10.0.0.0/8 } }]',
        'from: [{ podSelector: { matchLabels: { app: web } } }, { podSelector: {} }]',
        'from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ml } } }]',
        'from: [{ namespaceSelector: { matchLabels: { team: nlp } } }]',
        'from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: train } } }]',
      ].map((from) => [
        `${from} lets them`,
        INDEXED_JOB + POLICY.replace('from: [{ podSelector: { matchLabels: { app: train } } }]', from),
      ]),
    ),
    'names of whoever is outside': INDEXED_JOB + POLICY.replace('to: [{ namespaceSelector: {} }]', 'to: []'),
    'names of an address':
      INDEXED_JOB + POLICY.replace('{ namespaceSelector: {} }', '{ ipBlock: { cidr: 10.0.0.0/8 } }'),
    'pods on the network of their nodes':
      INDEXED_JOB.replace('subdomain', 'hostNetwork: true\n      subdomain') +
      POLICY.replace('  - to: [{ podSelector: { matchLabels: { app: train } } }]\n', ''),
    'a policy of one direction': INDEXED_JOB + POLICY.replace(', Egress', '').replace(/ {2}egress:[^]*$/, ''),
    'a policy that says no direction':
      INDEXED_JOB + POLICY.replace(/ {2}policyTypes.*\n/, '').replace(/ {2}egress:[^]*$/, ''),
    'a policy of other pods': INDEXED_JOB + POLICY.replaceAll('app: train', 'app: web'),
    'a range of ports that is as good as all':
      INDEXED_JOB + POLICY.replace('  egress:', '    ports: [{ port: 1024, endPort: 65535 }]\n  egress:'),
  },
};

export const HOST_NETWORK_OF_ONE: RuleCase = {
  rule: hostNetwork,
  good: `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml }
spec:
  backoffLimit: 0
  activeDeadlineSeconds: 3600
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: main, image: 'registry.example.com/a:v1', resources: { limits: { nvidia.com/gpu: 1, memory: 16Gi } } }]
`,
  flips: [
    {
      change: { [`${POD}.hostNetwork`]: true },
      at: `${POD}.hostNetwork`,
      says: /names no fabric that needs it/,
      severity: Severity.WARNING,
    },
  ],
};
