import { nearest } from 'cdk8s-ml/floor/core/nearest';
import type { Autoscaler } from '../../../inventory/autoscaler';
import { autoscalers } from '../../../inventory/autoscaler';
import type { Inventory } from '../../../inventory/inventory';
import { sameNamespace } from '../../../inventory/inventory';
import { isOpen } from '../../../inventory/open-text';
import type { Resource } from '../../../inventory/resource';
import { isJudged } from '../../../inventory/scale-targets';
import type { Remark } from '../../finding';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { MOST_NAMES } from './closed-world';

export const missingScaleTarget: Rule<Scope.SET> = {
  name: 'missing-scale-target',
  group: Group.REFERENCES,
  packs: [Group.SERVING],
  facts: [],
  scope: Scope.SET,
  why: 'An autoscaler of something that is not there scales nothing, and says so only in its own status. https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  fix: 'Correct scaleTargetRef.',
  check: (inventory) => autoscalers(inventory).flatMap((autoscaler) => remark(autoscaler, inventory)),
};

function remark({ resource, target }: Autoscaler, inventory: Inventory): Remark[] {
  const { group, kind, name, field } = target;
  const { namespace } = resource;
  const groups = group === '' || group === 'extensions' ? ['apps', ''] : [group];
  if (name === '' || isOpen(field.at('name')) || !isJudged(kind)) return [];
  if (groups.some((each) => inventory.find(each, kind, name, namespace) !== undefined)) return [];
  if (inventory.isExternal({ kind, namespace, name })) return [];
  const scalable = inventory.once('scalable objects', () => scalableOf(inventory));
  const servers = scalable.filter((each) => sameNamespace(each.namespace, namespace));
  const same = servers.find((each) => each.name === name);
  if (same !== undefined) return [error(field, `scales ${kind} ${name}, and ${name} is a ${same.kind}.`)];
  if (servers.length === 0 && !inventory.complete) return [];
  return [missing(`scales ${kind} ${name}, which is not there`, target, servers, inventory)];
}

function missing(
  message: string,
  { field, name }: Autoscaler['target'],
  servers: readonly Resource[],
  { complete }: Inventory,
): Remark {
  const guess = nearest(
    name,
    servers.slice(0, MOST_NAMES).map((each) => each.name),
  );
  if (guess !== undefined) return error(field.at('name'), `${message}. Did you mean ${guess}?`);
  return complete ? error(field.at('name'), `${message}.`) : warning(field.at('name'), `${message}.`);
}

function scalableOf({ workloads }: Inventory): Resource[] {
  return workloads.filter(({ scalable }) => scalable !== undefined).map(({ resource }) => resource);
}
