import { Severity } from '../../../../src/policy/finding';
import { namespaceWithoutQuota } from '../../../../src/policy/rules/clutter/namespace-without-quota';
import { jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const GPU = 'resources: { limits: { nvidia.com/gpu: 1 } }';
const set = (job: string, hard: string): string => `
apiVersion: v1
kind: Namespace
metadata: { name: ml }
---
${job}
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: ml }
spec: { hard: { ${hard} } }
`;
const flip = (hard: { [key: string]: string }): RuleCase['flips'][number] => ({
  change: { 'spec.hard': hard },
  object: 2,
  at: 'metadata.name',
  says: /holds ML workloads and has no ResourceQuota for devices or runs/,
  severity: Severity.WARNING,
});

export const NAMESPACE_WITHOUT_QUOTA: RuleCase = {
  rule: namespaceWithoutQuota,
  good: set(jobWith({ container: GPU }), 'requests.nvidia.com/gpu: 8'),
  flips: [flip({}), flip({ 'requests.cpu': '10' })],
  silent: {
    'bounded by the number of runs': set(jobWith({ container: GPU }), 'count/jobs.batch: 10'),
    'a queue has a quota': set(
      jobWith({ container: GPU, metadata: '{ name: x, namespace: ml, labels: { kueue.x-k8s.io/queue-name: q } }' }),
      '',
    ),
    'no ML': set(jobWith({ container: 'command: [./migrate]' }).replaceAll('train', 'work'), ''),
    'another namespace': set(jobWith({ container: GPU, metadata: '{ name: x, namespace: other }' }), ''),
  },
};
