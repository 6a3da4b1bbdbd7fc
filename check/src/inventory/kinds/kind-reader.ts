import type { Inventory } from '../inventory';
import type { Resource } from '../resource';
import type { WorkloadDescription } from '../workload';

/** Reads the objects of some kinds as workloads. */
export interface KindReader {
  /** API group; empty for the core. */
  readonly group: string;
  readonly kinds: readonly string[];
  /** What an object says; undefined when it carries no pods. Other objects are there to look up what it names. */
  readonly read: (resource: Resource, inventory: Inventory) => WorkloadDescription | undefined;
}
