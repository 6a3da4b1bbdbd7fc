import type { Manifest } from '../cluster/ring/api/manifest';
import type { Pod } from '../cluster/ring/nodes/pods';

type Labels = { readonly [label: string]: string };

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: { readonly key: string; readonly operator: string; readonly values?: string[] }[];
}

interface ServiceSpec {
  readonly clusterIP?: string;
  readonly selector?: Labels;
  readonly publishNotReadyAddresses?: boolean;
}

/** Why a host name does not lead to a pod and to it alone; undefined when it does. */
export function resolves(host: string, to: Pod, pods: Pod[], services: Manifest[]): string | undefined {
  const { namespace = '' } = to.metadata;
  const parts = host.split('.');
  // service, host.service, each also with the namespace and .svc, and the domain of the cluster after it.
  const end = parts.indexOf('svc');
  const [serviceName, hostname] = (end > 0 ? parts.slice(0, end - 1) : parts).reverse();
  if (end > 0 && parts[end - 1] !== namespace) return `it is in namespace ${parts[end - 1]}`;
  const service = services.find(({ metadata }) => metadata.name === serviceName);
  if (service === undefined) return `there is no Service ${serviceName}`;
  const { selector, publishNotReadyAddresses, clusterIP } = (service.spec ?? {}) as ServiceSpec;
  if (selector === undefined) return `Service ${serviceName} selects nothing`;
  const selected = pods.filter((pod) => matches(pod, { matchLabels: selector }));
  const answering = selected.filter(
    ({ spec }) => hostname === undefined || (spec.hostname === hostname && spec.subdomain === serviceName),
  );
  if (answering.length !== 1 || answering[0] !== to)
    return `Service ${serviceName} leads to ${answering.map(({ metadata }) => metadata.name).join(', ') || 'nobody'}`;
  if (hostname !== undefined && clusterIP !== 'None') return `Service ${serviceName} gives pods no names of their own`;
  const waits = to.spec.containers.some(({ readinessProbe }) => readinessProbe !== undefined);
  return waits && !publishNotReadyAddresses ? `Service ${serviceName} leads to it only when it is ready` : undefined;
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: object;
}

interface PolicyPort {
  readonly port?: number | string;
  readonly endPort?: number;
  readonly protocol?: string;
}

interface PolicyRule {
  readonly from?: Peer[];
  readonly to?: Peer[];
  readonly ports?: PolicyPort[];
}

interface PolicySpec {
  readonly podSelector?: Selector;
  readonly policyTypes?: string[];
  readonly ingress?: PolicyRule[];
  readonly egress?: PolicyRule[];
}

/** Whether NetworkPolicies let one pod reach another by TCP: those of the one that is reached, and those of the one that calls. */
export function mayReach(from: Pod, to: Pod, port: number, policies: Manifest[]): boolean {
  const specs = policies.map(({ spec }) => (spec ?? {}) as PolicySpec);
  const passes = (subject: Pod, type: string, rules: (spec: PolicySpec) => PolicyRule[], other: Pod): boolean => {
    const judging = specs.filter(
      ({ podSelector = {}, policyTypes = ['Ingress'] }) => policyTypes.includes(type) && matches(subject, podSelector),
    );
    const allows = (rule: PolicyRule): boolean => {
      const peers = type === 'Ingress' ? rule.from : rule.to;
      const isPeer = peers === undefined || peers.some((peer) => isMember(other, subject, peer));
      return isPeer && (rule.ports === undefined || rule.ports.some((each) => isPort(to, port, each)));
    };
    return judging.length === 0 || judging.some((spec) => rules(spec).some(allows));
  };
  return (
    passes(to, 'Ingress', ({ ingress = [] }) => ingress, from) &&
    passes(from, 'Egress', ({ egress = [] }) => egress, to)
  );
}

/** Whether a pod is meant by a peer of a policy; addresses of pods are in no block that a policy of ours names. */
function isMember(pod: Pod, subject: Pod, { podSelector, namespaceSelector, ipBlock }: Peer): boolean {
  if (ipBlock !== undefined) return false;
  const isNear =
    namespaceSelector === undefined
      ? pod.metadata.namespace === subject.metadata.namespace
      : selects(namespaceSelector, { 'kubernetes.io/metadata.name': pod.metadata.namespace ?? '' });
  return isNear && matches(pod, podSelector ?? {});
}

function isPort({ spec }: Pod, port: number, { port: allowed, endPort, protocol = 'TCP' }: PolicyPort): boolean {
  if (protocol !== 'TCP') return false;
  if (allowed === undefined) return true;
  if (typeof allowed === 'number') return endPort === undefined ? port === allowed : port >= allowed && port <= endPort;
  const named = spec.containers.flatMap(({ ports = [] }) => ports).find(({ name }) => name === allowed);
  return named?.containerPort === port;
}

function matches({ metadata }: Pod, selector: Selector): boolean {
  return selects(selector, metadata.labels ?? {});
}

function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  const byLabels = Object.entries(matchLabels).every(([label, value]) => labels[label] === value);
  const byExpressions = matchExpressions.every(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key in labels;
    if (operator === 'DoesNotExist') return !(key in labels);
    return (key in labels && values.includes(labels[key])) === (operator === 'In');
  });
  return byLabels && byExpressions;
}
