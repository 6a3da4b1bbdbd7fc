import { Severity } from '../../../../src/policy/finding';
import { claimOnSeveralNodes } from '../../../../src/policy/rules/lost-work/claim-on-several-nodes';
import { POD } from '../job-manifests';
import type { RuleCase } from '../../rule-case';
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
