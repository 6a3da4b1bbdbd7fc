import type { TopologyMode } from './topology';

const PREFIX = 'kueue.x-k8s.io/podset';
const GROUP = 'gang';

/** Annotations of a pod that takes any nodes: all pods of its run get theirs at once. */
export const UNCONSTRAINED: { readonly [annotation: string]: string } = {
  [`${PREFIX}-unconstrained-topology`]: 'true',
};

/**
 * Annotations of a pod by which Kueue gives all pods of its run their nodes at once, as near as asked. `isGrouped` keeps it together
 * with another role.
 *
 * @see https://kueue.sigs.k8s.io/docs/concepts/topology_aware_scheduling/
 */
export function kueueTopology(
  mode: TopologyMode,
  label: string | undefined,
  isGrouped: boolean,
): { readonly [annotation: string]: string } {
  if (mode === 'unconstrained' || label === undefined) return UNCONSTRAINED;
  return { [`${PREFIX}-${mode}-topology`]: label, ...(isGrouped ? { [`${PREFIX}-group-name`]: GROUP } : {}) };
}

/** Whether the user says by annotations what Kueue is to do; only one of them may be set. */
export function saysTopology(annotations: { readonly [annotation: string]: string } = {}): boolean {
  return Object.keys(annotations).some((key) => key.startsWith(`${PREFIX}-`));
}
