import type { Inventory } from './inventory';
import { sameNamespace } from './inventory';
import { LabelSelector } from './label-selector';
import { podLabels } from './pod-labels';
import type { Resource } from './resource';
import { SelectorIndex } from './selector-index';
import type { Workload } from './workload';

/** Who protects whom: the PodDisruptionBudgets of a set, and the workloads whose pods they select. */
interface Protection {
  readonly budgets: ReadonlyMap<Workload, readonly Resource[]>;
  /** The only workload of each; undefined when it selects pods of several. */
  readonly workloads: ReadonlyMap<Resource, Workload | undefined>;
}

function protection(inventory: Inventory): Protection {
  return inventory.once('disruption budgets', () => {
    const index = new SelectorIndex(inventory.of('policy', 'PodDisruptionBudget'), (budget) =>
      LabelSelector.of(budget.at('spec', 'selector')),
    );
    const budgets = new Map<Workload, readonly Resource[]>();
    const workloads = new Map<Resource, Workload | undefined>();
    for (const workload of inventory.workloads) {
      const selecting = new Set(workload.pods.flatMap((pod) => index.selecting(podLabels(pod))));
      const found = [...selecting].filter(({ namespace }) => sameNamespace(namespace, workload.resource.namespace));
      budgets.set(workload, found);
      for (const budget of found) workloads.set(budget, workloads.has(budget) ? undefined : workload);
    }
    return { budgets, workloads };
  });
}

/** The PodDisruptionBudgets of the set that select the pods of a workload. */
export function disruptionBudgetsOf(workload: Workload, inventory: Inventory): readonly Resource[] {
  return protection(inventory).budgets.get(workload) ?? [];
}

/** The workload whose pods a PodDisruptionBudget selects, when it is the only one of the set. */
export function protectedBy(budget: Resource, inventory: Inventory): Workload | undefined {
  return protection(inventory).workloads.get(budget);
}
