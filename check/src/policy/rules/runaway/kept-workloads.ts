import { DO_NOT_DISRUPT_ANNOTATION } from 'cdk8s-ml/floor/kinds/labels';
import type { Inventory } from '../../../inventory/inventory';
import type { Workload } from '../../../inventory/workload';

/** Workloads with GPUs that refuse to leave their nodes. */
export function keptWorkloads(inventory: Inventory): readonly Workload[] {
  return inventory.once('workloads kept on their nodes', () =>
    inventory.workloads.filter(
      ({ deviceCount, pods }) =>
        deviceCount > 0 && pods.some(({ annotations }) => annotations[DO_NOT_DISRUPT_ANNOTATION] === 'true'),
    ),
  );
}

const HOURS: { readonly [unit: string]: number } = { h: 1, m: 1 / 60, s: 1 / 3600 };

/** Hours of a duration of Karpenter, in hours, minutes and seconds. */
export function hoursOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^(\d{1,9}[hms])+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+)([hms])/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * HOURS[unit], 0);
}
