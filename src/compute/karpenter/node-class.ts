import { Provider } from '../../cluster/settings';
import { dnsSubdomainProblem } from '../../core/names';
import type { Shape } from '../../core/shape';
import { checkArgument, record, text } from '../../core/shape';

/** Kind of a node class. */
export interface NodeClassKind {
  /** API group, such as `karpenter.kwok.sh`. `spec.template.spec.nodeClassRef.group` */
  readonly group: string;
  /** Kind, such as `KWOKNodeClass`. `spec.template.spec.nodeClassRef.kind` */
  readonly kind: string;
}

const kindShape: Shape<NodeClassKind> = {
  group: text({ max: 253, grammar: dnsSubdomainProblem }),
  kind: text({
    max: 63,
    grammar: (kind) => (/^[A-Z][A-Za-z0-9]*$/.test(kind) ? undefined : 'is no kind'),
    fix: "Write it as 'EC2NodeClass'.",
  }),
};

const name = text({ max: 253, grammar: dnsSubdomainProblem });
const EKS_AUTO: NodeClassKind = { group: 'eks.amazonaws.com', kind: 'NodeClass' };

/**
 * What Karpenter makes nodes from (image, network, disks), by name: an object of the provider that the platform team keeps.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/
 */
export class NodeClass {
  /**
   * The node class of that name.
   *
   * `kind` is needed only where the provider of the profile has none of its own: it is EC2NodeClass of `karpenter.k8s.aws` on
   * AWS and AKSNodeClass of `karpenter.azure.com` on Azure. GPU012 when it is not known.
   */
  public static named(nodeClassName: string, kind?: NodeClassKind): NodeClass {
    checkArgument('nodeClassName', nodeClassName, name);
    const given = kind && checkArgument('kind', kind, record('NodeClassKind', kindShape));
    return new NodeClass(nodeClassName, given?.group, given?.kind);
  }

  /** The node class of that name in EKS Auto Mode: NodeClass of `eks.amazonaws.com`. */
  public static eksAuto(nodeClassName: string): NodeClass {
    return NodeClass.named(nodeClassName, EKS_AUTO);
  }

  private constructor(
    /** Name of the node class. */
    public readonly nodeClassName: string,
    /** Its API group; undefined for that of the provider. */
    public readonly group?: string,
    /** Its kind; undefined for that of the provider. */
    public readonly kind?: string,
  ) {}
}

const OF_PROVIDERS: { readonly [provider in Provider]?: NodeClassKind } = {
  [Provider.AWS]: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass' },
  [Provider.AZURE]: { group: 'karpenter.azure.com', kind: 'AKSNodeClass' },
};

/** Group and kind of a node class; undefined when neither it nor the provider says them. */
export function nodeClassKind({ group, kind }: NodeClass, provider: Provider): NodeClassKind | undefined {
  return group === undefined || kind === undefined ? OF_PROVIDERS[provider] : { group, kind };
}

const PROVIDERS_OF_GROUPS: { readonly [group: string]: Provider } = {
  'karpenter.k8s.aws': Provider.AWS,
  [EKS_AUTO.group]: Provider.AWS,
  'karpenter.azure.com': Provider.AZURE,
};

/** Provider whose machines a node class makes; that of the profile when the group is of nobody in particular. */
export function providerOf(nodeClass: NodeClass, provider: Provider): Provider {
  return PROVIDERS_OF_GROUPS[nodeClassKind(nodeClass, provider)?.group ?? ''] ?? provider;
}

/** Whether the nodes are those of EKS Auto Mode. */
export function isEksAuto({ group }: NodeClass): boolean {
  return group === EKS_AUTO.group;
}
