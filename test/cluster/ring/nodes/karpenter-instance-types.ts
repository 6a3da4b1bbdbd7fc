import { gpuModel } from '../../../../src/catalog/catalog';
import { INSTANCE_TYPES } from '../../../../src/catalog/instance-types';
import type { Manifest } from '../api/manifest';
import { leftToPods, machineNamed } from './nodes';

/** Zones in which every machine type is offered. */
export const ZONES = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];

/** A part of the on-demand price, so that Karpenter prefers spot wherever it is let. */
const SPOT_PRICE = 0.4;
/** Price of machines whose price the catalogue does not know. */
const SOME_PRICE = 50;

interface Offering {
  readonly Price: number;
  readonly Available: boolean;
  readonly Requirements: { readonly key: string; readonly operator: string; readonly values: string[] }[];
}

/** Machine types as Karpenter's provider of simulated nodes reads them: those of the catalogue on AWS, and two without GPUs. */
export function karpenterInstanceTypes(): object[] {
  const machines = INSTANCE_TYPES.filter(({ provider }) => provider === 'aws').map((machine) => ({
    name: machine.name,
    price: machine.hourlyPriceUsd ?? SOME_PRICE,
    resources: {
      cpu: String(machine.vcpu),
      memory: `${machine.memoryGib}Gi`,
      'ephemeral-storage': '900Gi',
      [gpuModel(machine.gpuModel)?.resourceName ?? 'nvidia.com/gpu']: String(machine.gpus),
      ...(machine.efa ? { 'vpc.amazonaws.com/efa': String(machine.efa) } : {}),
    },
  }));
  const plain = [8, 32].map((vcpu) => ({
    name: `m7i.${vcpu / 4}xlarge`,
    price: vcpu * 0.05,
    resources: { cpu: String(vcpu), memory: `${vcpu * 4}Gi`, 'ephemeral-storage': '100Gi' },
  }));
  return [...machines, ...plain].map(({ name, price, resources }) => ({
    name,
    architecture: 'amd64',
    operatingSystems: ['linux'],
    resources,
    offerings: ZONES.flatMap((zone) => [
      offering(zone, 'on-demand', price),
      offering(zone, 'spot', price * SPOT_PRICE),
    ]),
  }));
}

/** What Karpenter's provider of simulated nodes keeps back of every machine. */
const KEPT_BACK = { cpuMillis: 100, memoryMib: 10 };

/**
 * The agents of the nodes of a machine type, as a DaemonSet. They take as well what kubelet and system keep of a real
 * machine, since the simulated ones offer nearly their nominal size to pods.
 */
export function agentsOn(machineType: string): Manifest {
  const machine = machineNamed(machineType);
  const left = leftToPods(machine);
  const requests = {
    cpu: `${machine.vcpu * 1000 - KEPT_BACK.cpuMillis - left.cpuMillis}m`,
    memory: `${machine.memoryGib * 1024 - KEPT_BACK.memoryMib - left.memoryMib}Mi`,
  };
  const name = `agents-${machineType.replace('.', '-')}`;
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'kube-system' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          nodeSelector: { 'node.kubernetes.io/instance-type': machineType },
          tolerations: [{ operator: 'Exists' }],
          containers: [{ name: 'agents', image: 'registry.example.com/agents:v1', resources: { requests } }],
        },
      },
    },
  };
}

function offering(zone: string, capacityType: string, price: number): Offering {
  const requirement = (key: string, value: string) => ({ key, operator: 'In', values: [value] });
  return {
    Price: price,
    Available: true,
    Requirements: [
      requirement('karpenter.sh/capacity-type', capacityType),
      requirement('topology.kubernetes.io/zone', zone),
    ],
  };
}
