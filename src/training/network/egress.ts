import type { NetworkPolicyEgressRule, NetworkPolicyPeer } from '../../../imports/k8s';
import { refuse, show } from '../../core/diagnostics';
import { dnsLabelProblem, labelKeyProblem, labelValueProblem } from '../../core/names';
import { OUT_OF_RANGE } from '../../core/rules';
import type { Shape } from '../../core/shape';
import { checkArgument, checkOptions, integer, listOf, mapOf, optional, text } from '../../core/shape';
import { cidrProblem, isWithin } from '../../kinds/cidr';

/** A block of addresses that pods may reach. */
export interface CidrEgressOptions {
  /**
   * TCP ports, from 1 to 65535.
   *
   * @default - every port of every protocol
   */
  readonly ports?: number[];
  /**
   * Smaller blocks in it that they may not reach, such as `10.0.0.0/8` of `0.0.0.0/0`.
   *
   * @default - all of the block
   */
  readonly excluding?: string[];
}

/** Pods that pods may reach. */
export interface PodEgressOptions {
  /**
   * Namespace of the pods.
   *
   * @default - that of the run
   */
  readonly namespaceName?: string;
  /**
   * Labels of the pods.
   *
   * @default - every pod of the namespace
   */
  readonly labels?: { readonly [label: string]: string };
  /**
   * TCP ports of the pods (not of their Service), from 1 to 65535.
   *
   * @default - every port of every protocol
   */
  readonly ports?: number[];
}

const ports = listOf(integer({ min: 1, max: 65535 }), { min: 1, max: 100 });
const cidr = text({ max: 50, grammar: cidrProblem, fix: "Write it as '10.0.0.0/8'." });

const cidrShape: Shape<CidrEgressOptions> = { ports: optional(ports), excluding: optional(listOf(cidr, { max: 100 })) };

const podShape: Shape<PodEgressOptions> = {
  namespaceName: optional(text({ max: 63, grammar: (name) => dnsLabelProblem(name) })),
  labels: optional(mapOf(text({ min: 0, max: 63, grammar: labelValueProblem }), labelKeyProblem, 20)),
  ports: optional(ports),
};

/** Set by Kubernetes on every namespace. */
const NAMESPACE_LABEL = 'kubernetes.io/metadata.name';
/** Of the Service `kubernetes`, and of what stands behind it. */
const API_SERVER_PORTS = [443, 6443];

/**
 * Something that the pods of a run may reach.
 *
 * Enforced by the network plugin of the cluster, if it does so at all. EFA, InfiniBand and RoCE do not pass it.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class Egress {
  /** A block of addresses, such as that of a store outside of the cluster. Names of hosts are not known to NetworkPolicies. */
  public static cidr(block: string, options: CidrEgressOptions = {}): Egress {
    checkArgument('block', block, cidr);
    const given = checkOptions('CidrEgressOptions', options, cidrShape);
    const outside = given.excluding?.find((inner) => !isWithin(inner, block));
    if (outside !== undefined) {
      const message = `excluding has ${show(outside)}, which is no smaller block in ${show(block)}.`;
      refuse(OUT_OF_RANGE, message, 'Leave it out, or give a part of the block.', 'excluding', outside);
    }
    return new Egress({ ipBlock: { cidr: block, except: given.excluding && [...given.excluding] } }, given.ports);
  }

  /** Pods of the cluster, such as those of a store. */
  public static pods(options: PodEgressOptions = {}): Egress {
    const given = checkOptions('PodEgressOptions', options, podShape);
    const { namespaceName } = given;
    return new Egress(
      {
        namespaceSelector:
          namespaceName === undefined ? undefined : { matchLabels: { [NAMESPACE_LABEL]: namespaceName } },
        podSelector: given.labels ? { matchLabels: { ...given.labels } } : {},
      },
      given.ports,
    );
  }

  /** The API server, on ports 443 and 6443. `block` is where its endpoints are: most plugins look at those, not at its Service. */
  public static apiServer(block: string): Egress {
    return Egress.cidr(block, { ports: API_SERVER_PORTS });
  }

  private constructor(
    private readonly peer: NetworkPolicyPeer,
    private readonly ports?: readonly number[],
  ) {}

  /** @internal */
  public _rule(): NetworkPolicyEgressRule {
    return {
      to: [this.peer],
      ports: this.ports && [...new Set(this.ports)].map((port) => ({ protocol: 'TCP', port })),
    };
  }
}
