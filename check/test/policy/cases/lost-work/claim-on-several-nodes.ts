import { profileFacts } from '../../../../src/inventory/profile';
import { Severity } from '../../../../src/policy/finding';
import { claimOnSeveralNodes } from '../../../../src/policy/rules/lost-work/claim-on-several-nodes';
import { POD } from '../job-manifests';
import type { RuleCase } from '../../rule-case';
import { H100, profileWith, TOLERATION } from '../pending/manifests';
import { claim, saving } from './manifests';

const at = `${POD}.volumes[0]`;
const gang = (pod: string, mode: string, more = ''): string =>
  `${saving(pod, 'parallelism: 4\ncompletions: 4')}${claim('fsx', mode, more)}`;
const apart = (where: string): string =>
  `affinity: { ${where}: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: kubernetes.io/hostname, labelSelector: {} }] } }`;
const ACCESS = 'spec.accessModes';

export const CLAIM_ON_SEVERAL_NODES: RuleCase = {
  rule: claimOnSeveralNodes,
  good: gang('', 'ReadWriteMany'),
  flips: [
    {
      change: { [ACCESS]: ['ReadWriteOnce'] },
      object: 1,
      at,
      says: /mounts the claim fsx with ReadWriteOnce in 4 pods, which may come to different nodes/,
      severity: Severity.WARNING,
    },
    {
      change: { [ACCESS]: ['ReadWriteOncePod'] },
      object: 1,
      at,
      says: /ReadWriteOncePod in 4 pods, of which one gets it/,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'a claim that does not say how': gang('', 'ReadWriteOnce').replace(/accessModes: \[.*?\]/, 'accessModes: []'),
    'one of its modes is for several nodes': gang('', 'ReadWriteOnce, ReadOnlyMany'),
    'a node by its name': gang('nodeSelector: { kubernetes.io/hostname: gpu-1 }', 'ReadWriteOnce'),
    'agents, whose claim is on their node': gang('', 'ReadWriteOnce')
      .replace('batch/v1', 'apps/v1')
      .replace('kind: Job', 'kind: DaemonSet'),
    'one pod': `${saving()}${claim('fsx', 'ReadWriteOnce')}`,
    'one node': gang('nodeName: gpu-1', 'ReadWriteOnce'),
    'kept together': gang(apart('podAffinity'), 'ReadWriteOnce'),
    'a driver that does not care': gang('', 'ReadWriteOnce', 'storageClassName: efs-sc'),
    'a claim that is not here': saving('', 'parallelism: 4\ncompletions: 4'),
    'a claim of another namespace': `${saving('', 'parallelism: 4')}${claim('fsx', 'ReadWriteOnce').replace('ml }', 'other }')}`,
  },
};

export const CLAIM_ON_SEVERAL_NODES_FOR_SURE: RuleCase = {
  rule: claimOnSeveralNodes,
  good: gang(apart('podAntiAffinity'), 'ReadWriteMany'),
  flips: [
    {
      change: { [ACCESS]: ['ReadWriteOnce'] },
      object: 1,
      at,
      says: /that run on different nodes/,
      severity: Severity.ERROR,
    },
  ],
};

const AFFINITY = `${POD}.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey`;
const MAY = { at, says: /which may come to different nodes/, severity: Severity.WARNING };

/** What is no reason to think that they are on one node. */
export const CLAIM_ON_SEVERAL_NODES_KEPT_NEAR: RuleCase = {
  rule: claimOnSeveralNodes,
  good: gang(`${apart('podAffinity')}\nnodeSelector: { kubernetes.io/os: linux }`, 'ReadWriteOnce'),
  flips: [{ ...MAY, change: { [AFFINITY]: 'topology.kubernetes.io/zone' } }],
};

/** Two modes for one node, of which one is for one pod. */
export const CLAIM_ON_SEVERAL_NODES_OF_TWO_MODES: RuleCase = {
  rule: claimOnSeveralNodes,
  good: gang('', 'ReadWriteMany'),
  flips: [{ ...MAY, object: 1, change: { [ACCESS]: ['ReadWriteOnce', 'ReadWriteOncePod'] } }],
};

const ON_POOLS = { profile: profileFacts(profileWith({ h100: H100, l4: { gpu: 'l4', instanceType: 'g6.xlarge' } })) };
const GPUS = `${POD}.containers[0].resources`;

/** Pods that take so many GPUs that no node has room for two. */
export const CLAIM_ON_SEVERAL_NODES_BY_GPUS: RuleCase = {
  rule: claimOnSeveralNodes,
  options: ON_POOLS,
  good: gang(`${apart('podAffinity')}\n${TOLERATION}`, 'ReadWriteOnce'),
  flips: [
    { ...MAY, change: { [`${POD}.affinity`]: undefined, [GPUS]: { limits: { 'nvidia.com/gpu': 4 } } } },
    { ...MAY, change: { [`${POD}.affinity`]: undefined, [GPUS]: { limits: { 'amd.com/gpu': 8 } } } },
    { ...MAY, change: { [`${POD}.affinity`]: undefined, [GPUS]: {} } },
    {
      change: { [`${POD}.affinity`]: undefined, [GPUS]: { limits: { 'nvidia.com/gpu': 5 } } },
      at,
      says: /that run on different nodes/,
      severity: Severity.ERROR,
    },
  ],
};
