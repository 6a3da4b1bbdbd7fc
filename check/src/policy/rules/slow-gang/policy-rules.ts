import type { Field } from '../../../inventory/field';
import { LabelSelector } from '../../../inventory/label-selector';
import type { PodFacts } from '../../../inventory/pod';
import { podLabels } from '../../../inventory/pod-labels';
import type { Resource } from '../../../inventory/resource';

// What rules of a NetworkPolicy let through. Peers that are not known, such as address blocks, are taken to be let.

/** A direction that a policy may restrict. */
export type Direction = 'ingress' | 'egress';

/** Ports that a range must have to be as good as all. */
const MANY_PORTS = 10_000;
const DNS = 53;
/** Kinds whose pods talk on the ports that they declare. */
const FIXED_PORTS: ReadonlySet<string> = new Set(['TFJob', 'XGBoostJob']);

/** Whether a policy restricts a direction. */
export function restricts(policy: Resource, direction: Direction): boolean {
  const types = policy.at('spec', 'policyTypes');
  if (types.exists) return types.texts.some((type) => type.toLowerCase() === direction);
  return direction === 'ingress' || policy.at('spec', 'egress').exists;
}

/** Whether a policy lets pods of a gang through, on all ports. */
export function letsGang(policy: Resource, direction: Direction, peer: PodFacts): boolean {
  const fixed = FIXED_PORTS.has(peer.workload.resource.kind);
  return policy.at('spec', direction).items.some((rule) => {
    const peers = rule.at(direction === 'ingress' ? 'from' : 'to').items;
    const isPeer = peers.length === 0 || peers.some((each) => isOf(each, peer));
    return isPeer && (fixed || hasAllPorts(rule));
  });
}

function isOf(from: Field, peer: PodFacts): boolean {
  if (from.at('ipBlock').exists) return true;
  const namespaces = from.at('namespaceSelector');
  if (namespaces.keys.length > 0) {
    const [, name] = namespaces.at('matchLabels').entries.find(([key]) => key === 'kubernetes.io/metadata.name') ?? [];
    const own = peer.workload.resource.namespace;
    if (name?.text !== undefined && own !== undefined && name.text !== own) return false;
  }
  const pods = from.at('podSelector');
  return !pods.exists || LabelSelector.of(pods).selects(podLabels(peer)) !== false;
}

function hasAllPorts(rule: Field): boolean {
  const ports = rule.at('ports').items;
  return ports.length === 0 || ports.some((port) => !port.at('port').exists || portsOf(port) >= MANY_PORTS);
}

function portsOf(port: Field): number {
  return (port.at('endPort').integer ?? 0) - (port.at('port').integer ?? 0);
}

/** Whether a policy lets pods ask for names. */
export function letsNames(policy: Resource): boolean {
  return policy.at('spec', 'egress').items.some((rule) => {
    const peers = rule.at('to').items;
    const isOutside = peers.length === 0 || peers.some((peer) => peer.at('ipBlock').exists || isElsewhere(peer));
    const ports = rule.at('ports').items;
    return isOutside && (ports.length === 0 || ports.some(isDns));
  });
}

function isElsewhere(peer: Field): boolean {
  return peer.at('namespaceSelector').exists;
}

function isDns(port: Field): boolean {
  const number = port.at('port');
  if (!number.exists || number.integer === DNS) return true;
  if (number.text !== undefined) return number.text.startsWith('dns');
  const end = port.at('endPort').integer;
  return end !== undefined && (number.integer ?? 0) <= DNS && end >= DNS;
}
