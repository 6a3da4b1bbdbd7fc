import { instanceType } from 'cdk8s-ml/floor/catalog/catalog';
import { INSTANCE_TYPE_LABEL } from 'cdk8s-ml/floor/kinds/node-labels';
import type { Inventory } from './inventory';
import type { PodFacts } from './pod';

/** What a machine offers to a gang. */
export interface Machine {
  /** Machine type, or name of the pool. */
  readonly name: string;
  readonly devices?: number;
  /** Network cards of a fast fabric; 0 when it has none, undefined when it is not known. */
  readonly fabricDevices?: number;
  /** Whether the cards are those of AWS, which the node counts as `vpc.amazonaws.com/efa`. */
  readonly efa: boolean;
}

const TYPE_LABELS: readonly string[] = [INSTANCE_TYPE_LABEL, 'beta.kubernetes.io/instance-type'];

/** The machine types of which the nodes of a pod must be one. */
export function askedTypes({ nodeDemands }: PodFacts): readonly string[] | undefined {
  return nodeDemands.find(({ key, operator }) => operator === 'In' && TYPE_LABELS.includes(key))?.values;
}

/** The machine that the pods of a role come to, as far as it is one: by its type, or by the only pool that fits. */
export function machineOf(pod: PodFacts, inventory: Inventory): Machine | undefined {
  const types = askedTypes(pod);
  if (types !== undefined) return types.length === 1 ? machineOfType(types[0]) : undefined;
  const selector = Object.entries(pod.nodeSelector);
  if (selector.length === 0) return undefined;
  const fitting = (inventory.pools ?? []).filter(({ labels }) =>
    selector.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value),
  );
  if (fitting.length === 0) return undefined;
  const [{ name, devicesPerNode, fabricDevices, instanceType: type }] = fitting;
  if (fitting.some((pool) => pool.instanceType !== type || pool.devicesPerNode !== devicesPerNode)) return undefined;
  const known = type === undefined ? undefined : machineOfType(type);
  return known ?? { name, devices: devicesPerNode, fabricDevices, efa: false };
}

function machineOfType(name: string): Machine | undefined {
  const entry = instanceType(name);
  if (entry === undefined) return undefined;
  const { gpus, efa, rdma, provider } = entry;
  return { name, devices: gpus, fabricDevices: efa ?? rdma, efa: provider === 'aws' };
}
