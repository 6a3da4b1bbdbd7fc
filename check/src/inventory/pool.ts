import type { GpuModelEntry } from 'cdk8s-ml/floor/catalog/gpu-models';
import type { Field } from './field';
import type { Resource } from './resource';

/** A taint of nodes. */
export interface PoolTaint {
  readonly key: string;
  /** Undefined when it is not known. */
  readonly value?: string;
  readonly effect: string;
}

/** Nodes that are alike, as a profile, a NodePool of Karpenter or the nodes themselves say. */
export interface Pool {
  readonly name: string;
  /** Who says it: the object, or nothing when it is the profile. */
  readonly resource?: Resource;
  /** Labels that all its nodes have; of a requirement with several values, none. */
  readonly labels: { readonly [key: string]: string };
  /** Keys of labels that its nodes may have with several values. */
  readonly openLabels: { readonly [key: string]: readonly string[] };
  /** Whether nodes have labels that are not known here, such as those of the cloud. */
  readonly hasUnknownLabels: boolean;
  /** Whether Karpenter makes the nodes: they have no labels of the user's own that are not among these. */
  readonly isKarpenter: boolean;
  readonly taints: readonly PoolTaint[];
  /** Model of the GPUs, where it is known. */
  readonly model?: GpuModelEntry;
  /** Resource by which devices are offered; undefined when there are none or it is not known. */
  readonly resourceName?: string;
  /** How devices are handed out: `whole`, `mig-single`, `mig-mixed` or `time-sliced`; undefined when it is not known. */
  readonly sharing?: string;
  /** Devices of one node; undefined when it is not known. */
  readonly devicesPerNode?: number;
  /** Most nodes at a time; undefined when it is not known. */
  readonly maxNodes?: number;
  /** Whether nodes may be taken away at short notice. */
  readonly spot: boolean;
  /** CPU that pods of one node can have, those of DaemonSets among them, in milli-cores. */
  readonly cpuMillis?: number;
  /** Memory that pods of one node can have, those of DaemonSets among them, in MiB. */
  readonly memoryMib?: number;
  /** Machine type, where there is one. */
  readonly instanceType?: string;
  /** Network cards of a fast fabric on one node; 0 when it has none, undefined when it is not known. */
  readonly fabricDevices?: number;
}

/** Whether a taint is tolerated by one of these tolerations. */
export function isTolerated({ key, value, effect }: PoolTaint, tolerations: readonly Field[]): boolean {
  return tolerations.some((toleration) => {
    const itsEffect = toleration.at('effect').text ?? '';
    if (itsEffect !== '' && itsEffect !== effect) return false;
    const itsKey = toleration.at('key').text ?? '';
    const exists = toleration.at('operator').text === 'Exists';
    if (itsKey === '') return exists;
    return itsKey === key && (exists || value === undefined || (toleration.at('value').text ?? '') === value);
  });
}

/** The taints that keep pods with these tolerations off a pool. */
export function untolerated(pool: Pool, tolerations: readonly Field[]): PoolTaint[] {
  return pool.taints.filter((taint) => taint.effect !== 'PreferNoSchedule' && !isTolerated(taint, tolerations));
}
