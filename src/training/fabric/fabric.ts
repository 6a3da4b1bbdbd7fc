import type { Size } from 'cdk8s';
import type { EnvVar } from '../../../imports/k8s';
import { Provider } from '../../cluster/settings';
import { kibibytes, size } from '../../core/amounts';
import { dnsSubdomainProblem, labelKeyProblem } from '../../core/names';
import type { Shape } from '../../core/shape';
import { checkOptions, integer, listOf, optional, text } from '../../core/shape';
import { kibibyteQuantity } from '../../kinds/quantity';
import type { NamedVolume } from '../../render/pod-description';
import { Volume } from '../../render/volume';

/** Options of EFA. */
export interface EfaOptions {
  /**
   * Interfaces of each pod. TRN021 when the machine type has fewer.
   *
   * @default - those of the machine type of the pool, by the share of its GPUs; TRN020 when it is not known
   */
  readonly interfaces?: number;
  /**
   * Huge pages of 2 MiB for each pod, on nodes that set them aside; Karpenter makes no node for a pod that asks for them.
   *
   * @default - none: libfabric uses ordinary pages
   * @see https://github.com/aws/karpenter-provider-aws/issues/3315
   */
  readonly hugePages?: Size;
}

/** Options of InfiniBand. */
export interface InfinibandOptions {
  /**
   * Resource of the device plugin, such as `rdma/ib` or `rdma/hca_shared_devices_a`.
   *
   * @default 'rdma/ib'
   */
  readonly resourceName?: string;
  /**
   * Devices of each pod.
   *
   * @default 1 - a shared device stands for all adapters of the node
   */
  readonly devices?: number;
  /**
   * Adapters that NCCL uses, such as `mlx5` for all whose name begins so. `NCCL_IB_HCA`
   *
   * @default - all that NCCL finds
   */
  readonly adapters?: string;
}

/** Options of RDMA over Ethernet. */
export interface RoceOptions extends InfinibandOptions {
  /**
   * Networks of Multus that are attached to each pod, as `name` or `namespace/name`.
   *
   * @default - none: adapters are shared with the node
   * @see https://github.com/k8snetworkplumbingwg/multus-cni/blob/master/docs/how-to-use.md
   */
  readonly networks?: string[];
  /**
   * Entry of the table of addresses of the adapter. `NCCL_IB_GID_INDEX`
   *
   * @default - NCCL chooses
   */
  readonly gidIndex?: number;
  /**
   * Traffic class that the switches do not drop. `NCCL_IB_TC`
   *
   * @default - that of NCCL
   */
  readonly trafficClass?: number;
}

/** Options of GPUDirect RDMA on GKE. */
export interface GpuDirectRdmaOptions {
  /**
   * Networks of GKE on the RDMA cards of a node, in their order, by the names of their Network objects.
   *
   * @default - `rdma-0` to `rdma-7`, as Google's guides call them
   */
  readonly networks?: string[];
}

const LONGEST_LIST = 16;

const gpuDirectShape: Shape<GpuDirectRdmaOptions> = {
  networks: optional(
    listOf(text({ max: 253, grammar: (name) => dnsSubdomainProblem(name) }), { min: 1, max: LONGEST_LIST }),
  ),
};

const infinibandShape: Shape<InfinibandOptions> = {
  resourceName: optional(text({ max: 317, grammar: resourceProblem })),
  devices: optional(integer({ min: 1, max: 64 })),
  adapters: optional(text({ max: 253 })),
};

const roceShape: Shape<RoceOptions> = {
  ...infinibandShape,
  networks: optional(listOf(text({ max: 317, grammar: networkProblem }), { min: 1, max: LONGEST_LIST })),
  gidIndex: optional(integer({ max: 255 })),
  trafficClass: optional(integer({ max: 255 })),
};

const efaShape: Shape<EfaOptions> = {
  interfaces: optional(integer({ min: 1, max: 64 })),
  hugePages: optional(size({ minMib: 2 })),
};

/** Resource of AWS's device plugin. */
export const EFA_RESOURCE = 'vpc.amazonaws.com/efa';
const MULTUS_ANNOTATION = 'k8s.v1.cni.cncf.io/networks';
const HUGE_PAGE_KIB = 2048;

const GKE_INTERFACES_ANNOTATION = 'networking.gke.io/interfaces';
const GKE_DEFAULT_INTERFACE_ANNOTATION = 'networking.gke.io/default-interface';
const RDMA_CARDS = 8;
/** eth0 is the network of pods, and eth1 a card of the node without RDMA. */
const FIRST_RDMA_INTERFACE = 2;

/**
 * Network between the GPUs of different nodes that bypasses the kernel.
 *
 * Not proven on real hardware: the resources, annotations and variables are those that vendors document. Pods get no capabilities
 * for it, since Kubernetes gives added capabilities to root only: the container runtime of the nodes must let them lock memory. With a
 * queue, the ClusterQueue must cover the resource. NetworkPolicies do not see this traffic.
 */
export class Fabric {
  /**
   * Elastic Fabric Adapter on AWS. The image must have libfabric and the OFI plugin of NCCL.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/node-efa.html
   */
  public static efa(options: EfaOptions = {}): Fabric {
    const { interfaces, hugePages } = checkOptions('EfaOptions', options, efaShape);
    const pages = hugePages && HUGE_PAGE_KIB * Math.ceil(kibibytes(hugePages) / HUGE_PAGE_KIB);
    return new Fabric('efa', {
      provider: Provider.AWS,
      deviceResource: EFA_RESOURCE,
      devices: interfaces,
      resources: pages === undefined ? {} : { 'hugepages-2Mi': kibibyteQuantity(pages) },
    });
  }

  /**
   * InfiniBand, as Azure's ND machines and many private clusters have it.
   *
   * @see https://github.com/Mellanox/k8s-rdma-shared-dev-plugin
   */
  public static infiniband(options: InfinibandOptions = {}): Fabric {
    const given = checkOptions('InfinibandOptions', options, infinibandShape);
    return new Fabric('infiniband', adapter(given));
  }

  /**
   * RDMA over converged Ethernet, version 2.
   *
   * @see https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/env.html#nccl-ib-gid-index
   */
  public static roce(options: RoceOptions = {}): Fabric {
    const { networks, gidIndex, trafficClass, ...given } = checkOptions('RoceOptions', options, roceShape);
    const { env, ...rest } = adapter(given);
    return new Fabric('roce', {
      ...rest,
      env: [...env, ...number('NCCL_IB_GID_INDEX', gidIndex), ...number('NCCL_IB_TC', trafficClass)],
      annotations: networks ? { [MULTUS_ANNOTATION]: networks.join(', ') } : {},
    });
  }

  /**
   * GPUDirect RDMA on GKE: A3 Ultra and A4 machines, whose nodes have Google's NCCL plugin at `/home/kubernetes/bin/gib`.
   *
   * Mounts the plugin and the driver from the node: KUB017 (unsafe), since Pod Security takes host paths at the level `privileged` only; give such
   * runs a namespace of their own. The command begins with `source /usr/local/gib/scripts/set_nccl_env.sh`, in a shell.
   * Sets `LD_LIBRARY_PATH` and `NCCL_NET`. No resource stands for the cards: take whole nodes.
   *
   * @see https://cloud.google.com/ai-hypercomputer/docs/create/gke-ai-hypercompute-custom
   */
  public static gpuDirectRdma(options: GpuDirectRdmaOptions = {}): Fabric {
    const { networks } = checkOptions('GpuDirectRdmaOptions', options, gpuDirectShape);
    const names = networks ?? Array.from({ length: RDMA_CARDS }, (_, card) => `rdma-${card}`);
    const interfaces = [
      { interfaceName: 'eth0', network: 'default' },
      ...names.map((network, card) => ({ interfaceName: `eth${FIRST_RDMA_INTERFACE + card}`, network })),
    ];
    return new Fabric('gpudirect-rdma', {
      provider: Provider.GCP,
      env: [
        { name: 'LD_LIBRARY_PATH', value: '/usr/local/nvidia/lib64' },
        { name: 'NCCL_NET', value: 'gIB' },
      ],
      annotations: {
        [GKE_DEFAULT_INTERFACE_ANNOTATION]: 'eth0',
        [GKE_INTERFACES_ANNOTATION]: JSON.stringify(interfaces),
      },
      volumes: [
        { name: 'nvidia', volume: ofNode('/home/kubernetes/bin/nvidia', '/usr/local/nvidia') },
        { name: 'gib', volume: ofNode('/home/kubernetes/bin/gib', '/usr/local/gib') },
      ],
    });
  }

  private constructor(
    /** `efa`, `infiniband`, `roce` or `gpudirect-rdma`. */
    public readonly name: string,
    /** @internal */
    public readonly _needs: FabricNeeds,
  ) {}
}

/** What a fabric adds to each pod. */
export interface FabricNeeds {
  /** The only provider that has it. */
  readonly provider?: Provider;
  /** Resource of the device plugin. */
  readonly deviceResource?: string;
  /** Devices of each pod; undefined for those of its machine type. */
  readonly devices?: number;
  /** Further resources, requests equal to limits. */
  readonly resources?: { readonly [resource: string]: string };
  readonly env?: readonly EnvVar[];
  readonly annotations?: { readonly [annotation: string]: string };
  readonly volumes?: readonly NamedVolume[];
}

function ofNode(path: string, mountPath: string): Volume {
  return Volume.hostPath(path, { mountPath, readOnly: true });
}

function adapter({ resourceName = 'rdma/ib', devices = 1, adapters }: InfinibandOptions) {
  const env = adapters === undefined ? [] : [{ name: 'NCCL_IB_HCA', value: adapters }];
  return { deviceResource: resourceName, devices, env };
}

function number(name: string, value: number | undefined): EnvVar[] {
  return value === undefined ? [] : [{ name, value: String(value) }];
}

function resourceProblem(name: string): string | undefined {
  return name.includes('/') ? labelKeyProblem(name) : "must have a domain before a '/'";
}

function networkProblem(network: string): string | undefined {
  const parts = network.split('/');
  if (parts.length > 2) return 'has more than one slash';
  return parts.map((part) => dnsSubdomainProblem(part)).find((problem) => problem !== undefined);
}
