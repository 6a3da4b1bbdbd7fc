import { Chart, Cron, Duration } from 'cdk8s';
import { ConsolidationPolicy, DisruptionBudget, DisruptionReason, GpuNodePool, NodeClass } from 'cdk8s-ml';
import type { Construct } from 'constructs';
import { cluster } from './cluster';

const nodeClass = NodeClass.named('gpu');

/** The GPU pools of the profile, whose nodes Karpenter makes. */
export class GpuNodes extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // For training: nodes go when they are empty. One zone, so that the nodes of a gang are near each other and their data.
    new GpuNodePool(this, 'h100', { ...cluster.pools.h100, karpenter: { nodeClass, zones: ['eu-central-1a'] } });

    // For serving: pods are moved together, one node at a time, and not while most users are at work.
    new GpuNodePool(this, 'l40s', {
      ...cluster.pools.l40s,
      karpenter: {
        nodeClass,
        consolidationPolicy: ConsolidationPolicy.WHEN_EMPTY_OR_UNDERUTILIZED,
        budgets: [
          DisruptionBudget.nodes(1),
          DisruptionBudget.nodes(0, {
            reasons: [DisruptionReason.UNDERUTILIZED, DisruptionReason.DRIFTED],
            schedule: Cron.schedule({ minute: '0', hour: '6', weekDay: '1-5' }),
            duration: Duration.hours(12),
          }),
        ],
      },
    });
  }
}
