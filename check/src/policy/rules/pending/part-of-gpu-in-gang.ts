import type { Device } from '../../../inventory/device';
import { isMig, isShared } from '../../../inventory/device';
import { optionOf } from '../../../inventory/container';
import type { PodFacts } from '../../../inventory/pod';
import type { Remark } from '../../finding';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Slices of the profile with the most of them. */
const MOST_SLICES = 7;

export const partOfGpuInGang: Rule<Scope.POD> = {
  name: 'part-of-gpu-in-gang',
  group: Group.PENDING,
  packs: [Group.SLOW_GANG],
  facts: ['ML-SCHED-012'],
  scope: Scope.POD,
  why: 'A process sees one MIG slice only, slices have no way to each other, and two shares of one GPU may be the same GPU: several of them do not make a larger one. https://docs.nvidia.com/datacenter/tesla/mig-user-guide/#application-considerations',
  fix: 'Ask for 1 slice or share in a single pod with one process, or for whole GPUs.',
  props: 'Set gpu to whole GPUs, such as Gpu.h100(1).',
  check: (pod) => {
    const part = pod.devices.find(({ resource }) => isMig(resource) || isShared(resource));
    return part === undefined ? [] : remark(part, pod);
  },
};

function remark({ resource, field, count = 1 }: Device, pod: PodFacts): Remark[] {
  const { workload, role } = pod;
  if (pod.devices.some((each) => /\/gpu$/.test(each.resource))) {
    return [warning(field, `asks for ${resource} beside whole GPUs, which hardly any node offers together.`)];
  }
  if (count > 1 && (isShared(resource) || count <= MOST_SLICES)) {
    return [warning(field, `asks for ${count} of ${resource}, and a process can use 1.`)];
  }
  if (count > 1) return [];
  const processes = role.processes?.integer ?? processesOf(pod) ?? 1;
  if (processes > 1) return [warning(field, `starts ${processes} processes on 1 of ${resource}.`)];
  const pods = workload.roles.filter((each) => each.pod.deviceCount > 0).reduce((sum, each) => sum + each.count, 0);
  return workload.isGang && pods > 1
    ? [warning(field, `joins ${pods} pods on ${resource}, which have no fast way to each other.`)]
    : [];
}

function processesOf({ containers }: PodFacts): number | undefined {
  const given = containers.map(({ words }) => Number(optionOf(words, 'nproc-per-node', 'tensor-parallel-size', 'tp')));
  return given.find((each) => Number.isInteger(each));
}
