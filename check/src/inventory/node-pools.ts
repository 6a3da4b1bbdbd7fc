import { gpuModel } from 'cdk8s-ml/floor/catalog/catalog';
import type { InstanceTypeEntry } from 'cdk8s-ml/floor/catalog/instance-types';
import { instanceType } from 'cdk8s-ml/floor/catalog/catalog';
import { CAPACITY_TYPE_LABEL, INSTANCE_TYPE_LABEL, NODE_POOL_LABEL } from 'cdk8s-ml/floor/kinds/node-labels';
import { isAccelerator, wholeNumber } from './device';
import type { Field } from './field';
import type { Pool, PoolTaint } from './pool';
import type { Resource } from './resource';

const MIB = 1024n * 1024n * 1_000_000_000n;
const MILLI = 1_000_000n;

function taintsOf(field: Field): PoolTaint[] {
  return field.items.map((taint) => ({
    key: taint.at('key').text ?? '',
    value: taint.at('value').text ?? '',
    effect: taint.at('effect').text ?? '',
  }));
}

/** What the catalogue knows of a machine type. */
export function factsOfMachine(machine: InstanceTypeEntry | undefined): Partial<Pool> {
  if (machine === undefined) return {};
  const model = machine.gpuModel === undefined ? undefined : gpuModel(machine.gpuModel);
  return {
    instanceType: machine.name,
    model,
    resourceName: model?.resourceName,
    devicesPerNode: machine.gpus,
    cpuMillis: machine.allocatableCpuMillis ?? machine.vcpu * 1000,
    memoryMib: machine.allocatableMemoryMib ?? machine.memoryGib * 1024,
    fabricDevices: machine.efa ?? undefined,
  };
}

/** A NodePool of Karpenter. */
export function karpenterPool(resource: Resource): Pool {
  const template = resource.at('spec', 'template');
  const labels: { [key: string]: string } = {
    ...template.at('metadata', 'labels').labels,
    [NODE_POOL_LABEL]: resource.name,
  };
  const openLabels: { [key: string]: readonly string[] } = {};
  for (const requirement of template.at('spec', 'requirements').items) {
    const key = requirement.at('key').text ?? '';
    const values = requirement.at('values').texts;
    if (requirement.at('operator').text === 'In' && values.length === 1) labels[key] = values[0];
    else openLabels[key] = requirement.at('operator').text === 'In' ? values : [];
  }
  const machine = instanceType(labels[INSTANCE_TYPE_LABEL] ?? '');
  const capacity = labels[CAPACITY_TYPE_LABEL] ?? openLabels[CAPACITY_TYPE_LABEL]?.join() ?? '';
  const limits = resource.at('spec', 'limits');
  const limited = limits.entries.find(([key]) => isAccelerator(key));
  const perNode = machine?.gpus;
  const most = limited === undefined ? undefined : wholeNumber(limited[1]);
  return {
    name: resource.name,
    resource,
    labels,
    openLabels,
    hasUnknownLabels: true,
    isKarpenter: true,
    taints: taintsOf(template.at('spec', 'taints')),
    spot: capacity.includes('spot'),
    ...factsOfMachine(machine),
    ...(limited === undefined ? {} : { resourceName: limited[0] }),
    ...(most !== undefined && perNode ? { maxNodes: Math.floor(most / perNode) } : {}),
  };
}

/** A node: a pool of its own, with all its labels known. */
export function nodeAsPool(resource: Resource): Pool {
  const allocatable = resource.at('status', 'allocatable');
  const device = allocatable.entries.find(([key]) => isAccelerator(key));
  const cpu = allocatable.at('cpu').quantity;
  const memory = allocatable.at('memory').quantity;
  const { labels } = resource;
  return {
    name: resource.name,
    resource,
    labels,
    openLabels: {},
    hasUnknownLabels: false,
    isKarpenter: false,
    taints: taintsOf(resource.at('spec', 'taints')),
    spot: labels[CAPACITY_TYPE_LABEL] === 'spot' || labels['cloud.google.com/gke-spot'] === 'true',
    ...factsOfMachine(instanceType(labels[INSTANCE_TYPE_LABEL] ?? '')),
    ...(device === undefined ? {} : { resourceName: device[0], devicesPerNode: wholeNumber(device[1]) }),
    ...(cpu === undefined ? {} : { cpuMillis: Number(cpu / MILLI) }),
    ...(memory === undefined ? {} : { memoryMib: Number(memory / MIB) }),
    maxNodes: 1,
  };
}
