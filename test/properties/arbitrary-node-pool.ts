import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import type { GpuPoolProps, Taint } from '../../src';
import {
  Architecture,
  CapacityType,
  ConsolidationPolicy,
  DisruptionBudget,
  DisruptionReason,
  GpuModel,
  NodeClass,
  NodeRequirement,
  NodeTimer,
  Provisioner,
  Schedule,
} from '../../src';
import { type Cluster, KNOWN_POOLS } from './arbitrary-cluster';
import { dnsLabel, dnsSubdomain, labelKey, longLabelKey, oneOf, someLabelValue, taint } from './arbitrary-names';
import { sparse } from './arbitrary-pod';
import { anyText } from './hostile';
import { call, maybe, mostly } from './written';

const timer = fc.oneof(
  call(
    'NodeTimer.after',
    NodeTimer.after,
    call('Duration.seconds', Duration.seconds, fc.oneof(fc.integer({ min: 1, max: 1e7 }), fc.constantFrom(1, 60, 90))),
  ),
  call('NodeTimer.never', NodeTimer.never),
);

const schedule = call(
  'Schedule.expression',
  Schedule.expression,
  mostly(
    fc.constantFrom('0 6 * * mon-fri', '@daily', '*/5 0-4 1,15 * *', '0 6 ? * SUN'),
    fc.constant('TZ=UTC 0 6 * * *'),
    6,
  ),
);
const budgetOptions = fc.record(
  { reasons: fc.uniqueArray(oneOf(DisruptionReason), { minLength: 1, maxLength: 3 }) },
  { requiredKeys: [] },
);
const scheduled = fc
  .tuple(
    budgetOptions,
    fc.record({ schedule, duration: call('Duration.minutes', Duration.minutes, fc.constantFrom(1, 90, 480, 43200)) }),
  )
  .map(([options, times]) => ({ ...options, ...times }));

const budget = fc.oneof(
  call(
    'DisruptionBudget.nodes',
    DisruptionBudget.nodes,
    fc.constantFrom(0, 1, 17, 100000),
    fc.oneof(fc.constant(undefined), budgetOptions, scheduled),
  ),
  call(
    'DisruptionBudget.percent',
    DisruptionBudget.percent,
    fc.constantFrom(0, 1, 50, 100),
    fc.oneof(fc.constant(undefined), budgetOptions, scheduled),
  ),
);

const nodeLabelKey = fc.oneof(
  { weight: 6, arbitrary: labelKey },
  { weight: 2, arbitrary: longLabelKey },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'karpenter.k8s.aws/instance-local-nvme',
      'node.kubernetes.io/windows-build',
      'kubernetes.io/os',
      'kubernetes.io/hostname',
      'node-role.kubernetes.io/gpu',
      'beta.kubernetes.io/arch',
      'k8s.io/x',
      'karpenter.sh/x',
    ),
  },
);

const requirement = fc.oneof(
  call('NodeRequirement.oneOf', NodeRequirement.oneOf, nodeLabelKey, someLabelValue, maybe(someLabelValue)),
  call('NodeRequirement.noneOf', NodeRequirement.noneOf, nodeLabelKey, someLabelValue),
  call('NodeRequirement.exists', NodeRequirement.exists, nodeLabelKey),
  call('NodeRequirement.above', NodeRequirement.above, nodeLabelKey, fc.constantFrom(0, 1, 2147483647)),
);

const fields = {
  zones: fc.uniqueArray(someLabelValue, { minLength: 1, maxLength: 3 }),
  requirements: fc.array(requirement, { maxLength: 3 }),
  labels: fc.dictionary(nodeLabelKey, someLabelValue, { maxKeys: 3 }),
  startupTaints: fc.array(taint as fc.Arbitrary<Taint>, { maxLength: 2 }),
  consolidationPolicy: oneOf(ConsolidationPolicy),
  consolidateAfter: timer,
  budgets: fc.array(budget, { minLength: 1, maxLength: 4 }),
  expireAfter: timer,
  limits: fc.dictionary(
    fc.oneof(fc.constantFrom('cpu', 'memory', 'nodes', 'nvidia.com/gpu'), labelKey),
    fc.constantFrom('99999999', '1e9', '9999Pi', '99999999.000000000000000001', '1E'),
    { maxKeys: 3 },
  ),
  weight: fc.integer({ min: 1, max: 100 }),
};
const EC2 = { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass' };

/** Options that fit a pool. */
function karpenter({ instanceType, gpu, capacityType = CapacityType.ON_DEMAND }: GpuPoolProps): fc.Arbitrary<object> {
  const isKnown = instanceType !== undefined || gpu.key === GpuModel.H100.key;
  return fc
    .tuple(
      sparse(fields),
      fc.record({
        nodeClass: call(
          'NodeClass.named',
          NodeClass.named,
          dnsSubdomain,
          mostly(fc.constant(EC2), fc.constant(undefined), 3),
        ),
        instanceTypes: isKnown
          ? fc.constant(undefined)
          : mostly(fc.constant(['own-type', 'other-type']), fc.constant(['p5.48xlarge']), 6),
        capacityTypes: mostly(
          maybe(fc.constant([capacityType])),
          fc.uniqueArray(oneOf(CapacityType), { minLength: 1 }),
          6,
        ),
        arch: maybe(oneOf(Architecture)),
      }),
    )
    .map(([some, others]) => ({ ...some, ...others }));
}

/** Props of a pool of nodes that Karpenter makes, like one that a profile knows or of the catalogue. */
export function nodePoolProps({ profile }: Cluster): fc.Arbitrary<Record<string, unknown>> {
  const pools = Object.values({ ...KNOWN_POOLS, ...profile?.pools });
  return fc.constantFrom(...pools).chain((pool) =>
    fc
      .record({
        provisioner: maybe(fc.constant(Provisioner.KARPENTER)),
        karpenter: mostly(karpenter(pool), fc.constant(undefined)),
        name: mostly(dnsLabel(), anyText),
        maxNodes: fc.constantFrom(1, 3, 100),
        minNodes: fc.constant(undefined),
      })
      .map((own) => ({ ...pool, ...own })),
  );
}
