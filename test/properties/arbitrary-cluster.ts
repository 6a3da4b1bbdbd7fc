import * as fc from 'fast-check';
import type { ClusterProfileProps, GpuPoolProps, TrainingBackend } from '../../src';
import { AccessMode, CapacityType, Component, GangScheduler, Gpu, GpuModel, GpuNodePool, Queue } from '../../src';
import { profileProps } from '../cluster-profile/arbitrary-profile';
import { dnsSubdomain, labelKey, labelValue, longLabelKey, longLabelValue, oneOf } from './arbitrary-names';
import { size } from './arbitrary-amounts';
import { PRIORITY_CLASSES, type PodSecurityLevel } from './arbitrary-pod';
import { anyText } from './hostile';
import { call, maybe, mostly, Written } from './written';
import { componentOf } from '../../src/cluster/backend-components';
import { backendOf } from '../../src/training/backends/backends';

/** A cluster as workloads see it: its profile, if it has one, and the level of Pod Security in their namespace. */
export interface Cluster {
  readonly profile?: ClusterProfileProps;
  readonly level: PodSecurityLevel;
}

/** Namespace of the workloads of a cluster. */
export function namespaceOf({ level }: Cluster): string {
  return `props-${level}`;
}

/** Machines of the catalogue, beside those that the profile describes. */
export const KNOWN_POOLS: { readonly [name: string]: GpuPoolProps } = {
  h100: { gpu: GpuModel.H100, instanceType: 'p5.48xlarge', maxNodes: 8 },
  l4: { gpu: GpuModel.L4, instanceType: 'g6.12xlarge', capacityType: CapacityType.SPOT },
  old: { gpu: GpuModel.L40S, gpusPerNode: 4, nodeSelector: { 'beta.kubernetes.io/instance-type': 'g6e.12xlarge' } },
};

/** Clusters of every shape, with queues in the namespace of the workloads. */
export const clusters: fc.Arbitrary<Cluster> = fc.record({
  profile: fc.option(fc.tuple(profileProps, mostly(fc.constant(true), fc.constant(false), 4)).map(suited), {
    nil: undefined,
    freq: 4,
  }),
  level: fc.constantFrom('restricted', 'restricted', 'baseline'),
});

/** The cluster with the operator of a backend, and its kind switched on in Kueue. */
export function withOperator({ profile, level }: Cluster, backend: TrainingBackend): Cluster {
  const components = new Set([...(profile?.components ?? []), componentOf(backend)!]);
  const { kueueFramework } = backendOf(backend);
  const kueueFrameworks = new Set([...(profile?.kueueFrameworks ?? []), ...(kueueFramework ? [kueueFramework] : [])]);
  return {
    level,
    profile: { name: 'c', ...profile, components: [...components], kueueFrameworks: [...kueueFrameworks] },
  };
}

/** With the names that workloads use, and in most cases with every component. */
function suited([profile, isComplete]: [ClusterProfileProps, boolean]): ClusterProfileProps {
  return {
    ...profile,
    components: isComplete ? Object.values(Component) : profile.components,
    kueueFrameworks: isComplete ? undefined : profile.kueueFrameworks,
    // No cluster serves its groups unless it is told to.
    gangScheduler: profile.gangScheduler?.scheduler === GangScheduler.WORKLOAD_API ? undefined : profile.gangScheduler,
    pools:
      profile.provider === undefined || profile.provider === 'aws'
        ? { ...KNOWN_POOLS, ...profile.pools }
        : profile.pools,
    priorityClasses: profile.priorityClasses && PRIORITY_CLASSES.map((name, i) => ({ name, value: i })),
    queues: profile.queues?.map((queue) => ({ ...queue, namespaces: undefined })),
  };
}

const model = fc.constantFrom(...[GpuModel.H100, GpuModel.L40S, GpuModel.MI300X].map(modelOf));

function modelOf({ key }: GpuModel): Written {
  return new Written(
    () => `GpuModel.custom('${key}')`,
    () => GpuModel.custom(key),
  );
}

/** GPUs of every kind, MIG slices and devices of other vendors among them. */
export const gpu: fc.Arbitrary<Written> = fc.oneof(
  { weight: 4, arbitrary: call('Gpu.any', Gpu.any, fc.constantFrom(1, 2, 4, 8, 16)) },
  { weight: 4, arbitrary: call('Gpu.of', Gpu.of, model, fc.constantFrom(1, 3, 8)) },
  {
    weight: 2,
    arbitrary: call(
      'Gpu.mig',
      Gpu.mig,
      mostly(fc.constantFrom('1g.10gb', '3g.40gb', '1g.5gb.me', '1g.12gb.gfx'), anyText, 10),
    ),
  },
  {
    weight: 2,
    arbitrary: call(
      'Gpu.resource',
      Gpu.resource,
      fc.oneof(
        fc.constantFrom(
          'amd.com/gpu',
          'aws.amazon.com/neuron',
          'google.com/tpu',
          'nvidia.com/gpu.shared',
          'nvidia.com/mig-1g.10gb.shared',
        ),
        labelKey.map((key) => `example.com/${key.slice(key.indexOf('/') + 1)}`),
        mostly(
          labelKey.filter((key) => key.includes('/')),
          longLabelKey,
          3,
        ),
        mostly(
          fc.constant('attachable-volumes-x/y'),
          fc.oneof(labelKey, fc.constantFrom('hugepages-2Mi', 'kubernetes.io/gpu', 'requests.nvidia.com/gpu')),
          2,
        ),
      ),
      fc.constantFrom(1, 4),
    ),
  },
);

/** Where a workload goes: to a pool of the profile, to a queue, or anywhere. `key` is the property for its GPUs. */
export function placed({ profile }: Cluster, key: string): fc.Arbitrary<Record<string, unknown>> {
  const pools = Object.entries(profile?.pools ?? {});
  const queues = (profile?.queues ?? []).map(({ name }) => name);
  const anywhere = fc.record({ [key]: gpu });
  const queued = fc.record({
    [key]: gpu,
    queue: call('Queue.named', Queue.named, queues.length > 0 ? fc.constantFrom(...queues) : dnsSubdomain),
    workloadPriorityClassName: maybe(dnsSubdomain),
  });
  if (pools.length === 0) return fc.oneof({ weight: 3, arbitrary: anywhere }, { weight: 1, arbitrary: queued });
  const pooled = fc.constantFrom(...pools).chain(([name, pool]) =>
    fc.record({
      pool: fc.constant(poolOf(name)),
      [key]: mostly(gpusOf(pool), gpu, 6),
    }),
  );
  return fc.oneof(
    { weight: 2, arbitrary: anywhere },
    { weight: 4, arbitrary: pooled },
    { weight: 1, arbitrary: queued },
  );
}

function poolOf(name: string): Written {
  return new Written(
    () => `GpuNodePool.fromProfile(chart, '${name}')`,
    (scope) => GpuNodePool.fromProfile(scope, name),
  );
}

function gpusOf({ sharing, gpusPerNode = 4, gpu: ofPool }: GpuPoolProps): fc.Arbitrary<Written> {
  const slice = sharing?.migProfile;
  if (slice !== undefined && !slice.includes('+')) return call('Gpu.mig', Gpu.mig, fc.constant(slice));
  const most = sharing ? 1 : Math.min(16, gpusPerNode);
  const count = fc.integer({ min: 1, max: most });
  const same = modelOf(ofPool);
  return fc.oneof(call('Gpu.any', Gpu.any, count), call('Gpu.of', Gpu.of, fc.constant(same), count));
}

/** Props of a claim. */
export const claimProps = (): fc.Arbitrary<object> =>
  fc.record(
    {
      size,
      accessMode: oneOf(AccessMode),
      storageClassName: mostly(fc.constant(''), fc.oneof(dnsSubdomain, anyText), 2),
      name: mostly(dnsSubdomain, anyText),
      labels: fc.dictionary(fc.oneof(labelKey, longLabelKey), mostly(fc.oneof(labelValue, longLabelValue), anyText), {
        maxKeys: 3,
      }),
    },
    { requiredKeys: ['size'] },
  );
