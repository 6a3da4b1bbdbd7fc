import { Severity } from '../../../../src/policy/finding';
import { spotWithoutDurableCheckpoints } from '../../../../src/policy/rules/lost-work/spot-without-durable-checkpoints';
import { POD } from '../job-manifests';
import type { Flip, RuleCase } from '../../rule-case';
import { saving, training } from './manifests';

const says = /runs on spot nodes and saves no checkpoints/;
const selects = (key: string, value: string): Flip => ({
  change: { [`${POD}.nodeSelector`]: { [key]: value } },
  at: `${POD}.nodeSelector['${key}']`,
  says,
  severity: Severity.ERROR,
});
const affinity = (values: string[]): object => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: 'karpenter.sh/capacity-type', operator: 'In', values }] }],
    },
  },
});
const TERM = `${POD}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0]`;

export const SPOT_WITHOUT_DURABLE_CHECKPOINTS: RuleCase = {
  rule: spotWithoutDurableCheckpoints,
  good: training('', 'nodeSelector: { pool: a }'),
  flips: [
    selects('karpenter.sh/capacity-type', 'spot'),
    selects('cloud.google.com/gke-spot', 'true'),
    selects('kubernetes.azure.com/scalesetpriority', 'spot'),
    selects('eks.amazonaws.com/capacityType', 'SPOT'),
    selects('node.kubernetes.io/lifecycle', 'spot'),
    {
      change: { [`${POD}.affinity`]: JSON.parse(JSON.stringify(affinity(['spot']))) },
      at: `${TERM}.matchExpressions[0]`,
      says,
      severity: Severity.ERROR,
    },
  ],
  silent: {
    'with checkpoints': saving('nodeSelector: { karpenter.sh/capacity-type: spot }'),
    'nodes that stay will do as well': training('', `affinity: ${JSON.stringify(affinity(['spot', 'on-demand']))}`),
    'a toleration chooses no nodes': training(
      '',
      'tolerations: [{ key: cloud.google.com/gke-spot, operator: Exists }]',
    ),
  },
};
