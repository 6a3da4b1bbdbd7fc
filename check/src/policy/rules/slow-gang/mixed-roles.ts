import type { Container } from '../../../inventory/container';
import type { Role } from '../../../inventory/workload';
import type { Remark } from '../../finding';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Kinds whose master is rank 0, and works as the others do. */
const KINDS: ReadonlySet<string> = new Set(['PyTorchJob', 'XGBoostJob', 'PaddleJob']);

export const mixedRoles: Rule<Scope.GANG> = {
  name: 'mixed-roles',
  group: Group.SLOW_GANG,
  facts: ['ML-DIST-012'],
  scope: Scope.GANG,
  why: 'Master and workers compute the same step and wait for the slowest: another image may not even understand the others, and fewer GPUs, cores or memory in one hold back all. https://docs.pytorch.org/docs/stable/distributed.html',
  fix: 'Give the master and the workers the same image and resources.',
  check: ({ resource, roles }) => {
    if (resource.group !== 'kubeflow.org' || !KINDS.has(resource.kind)) return [];
    const master = roles.find(({ name }) => name === 'Master');
    const worker = roles.find(({ name }) => name === 'Worker');
    return master && worker ? difference(master, worker) : [];
  },
};

function difference(master: Role, worker: Role): Remark[] {
  const [one] = master.pod.containers;
  const other = one && worker.pod.containers.find(({ name }) => name === one.name);
  if (!other) return [];
  if (one.image !== other.image && one.image !== undefined && other.image !== undefined) {
    return [warning(other.field.at('image'), `has a master of ${one.image} and workers of ${other.image}.`)];
  }
  for (const resource of amountsOf(one, other)) {
    const [ofMaster, ofWorker] = [one.amounts(resource).request, other.amounts(resource).request];
    if (ofMaster === ofWorker) continue;
    const message = `has a master with ${shown(one, resource)} and workers with ${shown(other, resource)} of ${resource}.`;
    return [warning(placeOf(other, resource), message)];
  }
  return [];
}

/** Resources that either asks for, devices first. */
function amountsOf(...containers: readonly Container[]): string[] {
  const names = new Set(containers.flatMap(({ asked }) => asked.map(({ resource }) => resource)));
  return [...names].sort((a, b) => Number(b.includes('/')) - Number(a.includes('/')));
}

function placeOf({ resources }: Container, resource: string) {
  const limit = resources.at('limits', resource);
  const request = resources.at('requests', resource);
  return request.exists || !limit.exists ? request : limit;
}

function shown(container: Container, resource: string): string {
  const field = placeOf(container, resource);
  return field.exists ? String(field.value) : 'none';
}
