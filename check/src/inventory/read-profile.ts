import { gpuModel, instanceType } from 'cdk8s-ml/floor/catalog/catalog';
import type { GpuPoolProps, PoolPlacement } from 'cdk8s-ml/floor/cluster/gpu-pool';
import { nodeAmounts, poolTaints, resolvePool } from 'cdk8s-ml/floor/cluster/pool-placement';
import { modelLabels } from 'cdk8s-ml/floor/cluster/model-labels';
import { ClusterProfile } from 'cdk8s-ml/floor/cluster/profile';
import { CapacityType, Provisioner } from 'cdk8s-ml/floor/cluster/settings';
import { ARCH_LABEL, CAPACITY_TYPE_LABEL, INSTANCE_TYPE_LABEL } from 'cdk8s-ml/floor/kinds/node-labels';
import { factsOfMachine } from './node-pools';
import type { Pool, PoolTaint } from './pool';
import type { ProfileFacts } from './profile';

/** What the JSON text of a cluster profile says. Loads cdk8s: read profiles through `profileFacts`. */
export function readProfile(json: string): ProfileFacts {
  const profile = ClusterProfile.fromJson(json);
  const pools = Object.entries(profile.pools).map(([name, props]) => poolOf(name, props, profile));
  return { profile, pools };
}

function poolOf(name: string, props: GpuPoolProps, profile: ClusterProfile): Pool {
  const { placement } = resolvePool(name, props, profile);
  const machine = props.instanceType === undefined ? undefined : instanceType(props.instanceType);
  const { cpuMillis, memoryMib } = nodeAmounts(props);
  const model = gpuModel(props.gpu.key);
  return {
    ...factsOfMachine(machine),
    name,
    ...labelsOf(props, placement, profile),
    hasUnknownLabels: true,
    isKarpenter: props.provisioner === Provisioner.KARPENTER,
    taints: taintsOf(props, placement),
    model,
    resourceName: placement.sharing.strategy === 'mig-mixed' ? undefined : placement.resourceName,
    sharing: placement.sharing.strategy,
    devicesPerNode: placement.devicesPerNode === 0 ? undefined : placement.devicesPerNode,
    maxNodes: placement.maxNodes,
    spot: placement.capacityType === CapacityType.SPOT,
    cpuMillis,
    memoryMib,
  };
}

/** Labels that the nodes are known to have: those of the pool, of the machine, and of the model. */
function labelsOf(
  props: GpuPoolProps,
  placement: PoolPlacement,
  profile: ClusterProfile,
): Pick<Pool, 'labels' | 'openLabels'> {
  const ofModel = modelLabels(props.gpu.key, profile);
  const single = ofModel.filter(({ values }) => values.length === 1);
  const arm = gpuModel(props.gpu.key)?.arm64Host;
  return {
    labels: {
      ...(arm === undefined ? {} : { [ARCH_LABEL]: arm ? 'arm64' : 'amd64' }),
      ...(props.instanceType === undefined ? {} : { [INSTANCE_TYPE_LABEL]: props.instanceType }),
      ...(props.provisioner === Provisioner.KARPENTER ? { [CAPACITY_TYPE_LABEL]: placement.capacityType } : {}),
      ...Object.fromEntries(single.map(({ key, values }) => [key, values[0]])),
      ...placement.nodeSelector,
    },
    openLabels: Object.fromEntries(
      ofModel.filter(({ values }) => values.length > 1).map(({ key, values }) => [key, values]),
    ),
  };
}

/** Taints by the tolerations that fit them, those of the provider included. */
function taintsOf(props: GpuPoolProps, { tolerations }: PoolPlacement): PoolTaint[] {
  const own = poolTaints(props);
  const ofProvider = tolerations.filter(({ key }) => own.every((taint) => taint.key !== key));
  return [...own, ...ofProvider.map(({ key, value, effect }) => ({ key, value, effect: effect ?? 'NoSchedule' }))];
}
