import type { DataSource } from './data-source';

/** How a provider takes a spot node back. */
export interface SpotNotice extends DataSource {
  readonly provider: 'aws' | 'gcp' | 'azure';
  /** Time from the notice to the end of the node. */
  readonly noticeSeconds: number;
  /** Most of it that a pod gets to stop, whatever its grace period says; undefined when it depends on the cluster. */
  readonly podSeconds?: number;
}

/** What is known of spot nodes. */
export const SPOT_NOTICES: readonly SpotNotice[] = [
  {
    provider: 'aws',
    noticeSeconds: 120,
    podSeconds: 110, // Karpenter and the node termination handler drain at once
    what: 'interruption notice of two minutes',
    asOf: '2026-08-21',
    source: 'https://karpenter.sh/docs/concepts/disruption/#interruption',
    checked: true,
  },
  {
    provider: 'gcp',
    noticeSeconds: 30,
    podSeconds: 15, // then 15 s for system pods; a node pool can be set to more from GKE 1.35 on
    what: 'graceful shutdown of 30 s, half of it for pods of users',
    asOf: '2026-08-21',
    source: 'https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms',
    checked: true,
  },
  {
    provider: 'azure',
    noticeSeconds: 30, // reaches pods only where the cluster drains on scheduled events
    what: 'eviction notice of 30 s',
    asOf: '2026-08-21',
    source: 'https://learn.microsoft.com/azure/virtual-machines/spot-vms',
    checked: false,
  },
];

/** Seconds from the notice to the end of a spot node; undefined for a provider without a known one. */
export function spotNoticeSeconds(provider: string): number | undefined {
  return spotNotice(provider)?.noticeSeconds;
}

/** Seconds that a pod on a spot node really gets to stop; undefined where that is not known. */
export function spotPodSeconds(provider: string): number | undefined {
  return spotNotice(provider)?.podSeconds;
}

function spotNotice(provider: string): SpotNotice | undefined {
  return SPOT_NOTICES.find((notice) => notice.provider === provider);
}
