import { componentOf } from '../../src/cluster/backend-components';
import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import fc from 'fast-check';
import type { ClusterProfileProps, GpuPoolProps } from '../../src';
import {
  AccessMode,
  CapacityType,
  Component,
  Delivery,
  GangScheduler,
  GpuModel,
  GpuSharing,
  KubernetesVersion,
  Provider,
  Provisioner,
  ServingBackend,
  Stage,
  TrainingBackend,
} from '../../src';
import { labelValue, name, oneOf, safeLabelKey, taint, toleration } from '../properties/arbitrary-names';

// Profiles that the class takes, of every shape.

const cpu = fc.oneof(
  fc.integer({ min: 1, max: 4096 }).map(Cpu.units),
  fc.integer({ min: 1, max: 4_096_000 }).map(Cpu.millis),
);

const size = fc.oneof(
  fc.integer({ min: 1, max: 4096 }).map(Size.gibibytes),
  fc.integer({ min: 1, max: 40 }).map((tenths) => Size.tebibytes(tenths / 4)),
  fc.integer({ min: 1024 ** 2, max: 2 ** 40 }).map(Size.kibibytes),
  fc.integer({ min: 1024 ** 3, max: 2 ** 49 }).map((bytes) => Size.kibibytes(bytes / 1024)),
);

const sharing = fc.oneof(
  fc.constant(GpuSharing.whole()),
  fc.constant(GpuSharing.migMixed()),
  fc.constantFrom('1g.10gb', '1g.10gb+me', '3g.40gb').map((profile) => GpuSharing.migSingle(profile)),
  fc
    .record({ replicas: fc.integer({ min: 2, max: 48 }), renamed: fc.boolean() }, { requiredKeys: ['replicas'] })
    .map((options) => GpuSharing.timeSliced(options)),
);

/** Of a model that the catalogue does not know, or of one whose machine and MIG profiles it knows. */
const gpu = fc.constantFrom(GpuModel.H100, GpuModel.custom('h100-sxm'), GpuModel.custom('own-model'));

const pool = fc
  .record(
    {
      gpu,
      instanceType: fc.stringMatching(/^own-[a-z0-9]{6,10}$/),
      gpusPerNode: fc.integer({ min: 1, max: 16 }),
      nodeCpu: cpu,
      nodeMemory: size,
      provisioner: oneOf(Provisioner),
      capacityType: oneOf(CapacityType),
      nodeSelector: fc.dictionary(safeLabelKey, labelValue, { minKeys: 1, maxKeys: 3 }),
      taints: fc.array(taint, { maxLength: 3 }),
      minNodes: fc.integer({ min: 0, max: 100000 }),
      maxNodes: fc.integer({ min: 1, max: 100000 }),
      terminationGracePeriod: fc.integer({ min: 1, max: 3650 * 86400 }).map((seconds) => Duration.seconds(seconds)),
      sharing,
    },
    { requiredKeys: ['gpu', 'gpusPerNode'] },
  )
  .filter(({ minNodes = 0, maxNodes = minNodes }) => minNodes <= maxNodes) as fc.Arbitrary<GpuPoolProps>;

/** Each selects nodes of its own. */
const pools = fc.dictionary(name, pool, { maxKeys: 4 }).map((map) =>
  Object.fromEntries(
    Object.entries(map).map(([key, { instanceType, nodeSelector, ...rest }]) => [
      key,
      {
        ...rest,
        ...(instanceType && { instanceType: `${instanceType}-${key}` }),
        ...(nodeSelector && { nodeSelector: { ...nodeSelector, 'example.com/pool': key } }),
      },
    ]),
  ),
);

const levelLabel = fc.oneof(
  fc.constantFrom('topology.kubernetes.io/zone', 'example.com/rack', 'kubernetes.io/hostname'),
  safeLabelKey,
);

const resource = fc.constantFrom(
  'cpu',
  'memory',
  'ephemeral-storage',
  'nvidia.com/gpu',
  'amd.com/gpu',
  'vpc.amazonaws.com/efa',
);

const gangScheduler = fc
  .record({ scheduler: oneOf(GangScheduler), schedulerName: name, queue: name }, { requiredKeys: ['scheduler'] })
  .map(({ queue, ...rest }) => (rest.scheduler === GangScheduler.KAI ? { ...rest, queue } : rest));

const specs = fc.record(
  {
    name,
    kubernetes: oneOf(KubernetesVersion),
    provider: oneOf(Provider),
    stage: oneOf(Stage),
    delivery: oneOf(Delivery),
    components: fc.subarray(Object.values(Component)),
    kueueFrameworks: fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9./]{0,20}[A-Za-z0-9])?$/)),
    kueueWaitForPodsReady: fc.integer({ min: 1, max: 30 * 86400 }).map((seconds) => Duration.seconds(seconds)),
    trainingBackend: oneOf(TrainingBackend),
    gangScheduler,
    servingBackend: oneOf(ServingBackend),
    pools,
    topologyLevels: fc.dictionary(name, levelLabel, { maxKeys: 3 }),
    priorityClasses: fc.uniqueArray(
      fc.record(
        {
          name: name.filter((text) => !text.startsWith('system-')),
          value: fc.integer({ min: -2147483648, max: 1000000000 }),
          preempts: fc.boolean(),
        },
        { requiredKeys: ['name', 'value'] },
      ),
      { selector: (one) => one.name, maxLength: 4 },
    ),
    storageClasses: fc.uniqueArray(
      fc.record(
        { name, accessModes: fc.subarray(Object.values(AccessMode), { minLength: 1 }), retains: fc.boolean() },
        { requiredKeys: ['name', 'accessModes'] },
      ),
      { selector: (one) => one.name, maxLength: 4 },
    ),
  },
  { requiredKeys: ['name'] },
);

function queuesOf(poolNames: string[]): fc.Arbitrary<ClusterProfileProps['queues']> {
  const queue = fc.record(
    {
      name,
      namespaces: fc.uniqueArray(name, { maxLength: 3 }),
      pools: fc.subarray(poolNames),
      tolerations: fc.array(toleration, { maxLength: 2 }),
      topology: fc.uniqueArray(levelLabel, { minLength: 1, maxLength: 4 }),
      coveredResources: fc.uniqueArray(resource, { minLength: 5 }),
    },
    { requiredKeys: ['name'] },
  );
  return fc.option(fc.uniqueArray(queue, { selector: (one) => one.name, maxLength: 4 }), { nil: undefined });
}

/** Props that `new ClusterProfile(...)` takes. */
export const profileProps: fc.Arbitrary<ClusterProfileProps> = specs
  .map((props) =>
    props.gangScheduler?.scheduler === GangScheduler.WORKLOAD_API
      ? { ...props, kubernetes: KubernetesVersion.V1_35 }
      : props,
  )
  .map((props) => {
    const needed = props.trainingBackend && componentOf(props.trainingBackend);
    return needed === undefined ? props : { ...props, components: [...new Set([...(props.components ?? []), needed])] };
  })
  .chain((props) => queuesOf(Object.keys(props.pools ?? {})).map((queues) => ({ ...props, queues })));

/** Any value that JSON can hold, with those that break things more often than chance would have it. */
export const jsonValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown>(null, '', 'A', 'a', 0, -1, 1.5, 1e10, true, [], {}, '1Gi', '1m') },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);
