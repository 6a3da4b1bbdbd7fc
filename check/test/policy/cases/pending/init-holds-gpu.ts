import { Severity } from '../../../../src/policy/finding';
import { initHoldsGpu } from '../../../../src/policy/rules/pending/init-holds-gpu';
import type { RuleCase } from '../../rule-case';
import { podWith, TOLERATION } from './manifests';

const GPU = '{ limits: { nvidia.com/gpu: 1 } }';
const init = (more: string): string =>
  `${TOLERATION}\ninitContainers: [{ name: first, image: 'example.com/i:v1', ${more} }]`;

export const INIT_HOLDS_GPU: RuleCase = {
  rule: initHoldsGpu,
  good: podWith(GPU, init('resources: { limits: { nvidia.com/gpu: 1 } }')),
  flips: [
    {
      change: { "spec.initContainers[0].resources.limits['nvidia.com/gpu']": 2 },
      at: 'spec.initContainers[0].resources',
      says: /asks for 2 devices in init container first, and for 1 in the work itself/,
      severity: Severity.INFO,
    },
    {
      change: { 'spec.initContainers[0].command': ['aws', 's3', 'sync', 's3://data', '/data'] },
      at: 'spec.initContainers[0]',
      says: /holds 1 devices while init container first copies data/,
      severity: Severity.INFO,
    },
    {
      change: { 'spec.initContainers[0].image': 'docker.io/rclone/rclone:1.68' },
      at: 'spec.initContainers[0]',
      says: /copies data/,
      severity: Severity.INFO,
    },
  ],
  silent: {
    'no GPU is held': podWith('{}', init('command: [wget, example.com]')),
    'a sidecar runs beside the work': podWith(GPU, init('restartPolicy: Always, command: [rclone, mount, /data]')),
    'a check of the node': podWith(GPU, init('command: [nvidia-smi]')),
  },
};
