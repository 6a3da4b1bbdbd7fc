import type { Field } from './field';

/** Devices of one resource that a container asks for. */
export interface Device {
  /** Name of the resource, such as `nvidia.com/gpu`. */
  readonly resource: string;
  /** Where the count stands: in the limits, or in the requests when it is only there. */
  readonly field: Field;
  /** How many; undefined when it is not a whole number. */
  readonly count?: number;
}

const ACCELERATOR =
  /^(nvidia\.com\/(gpu|gpu\.shared|mig-.+|gpu-.+)|amd\.com\/(gpu|cpx.*|spx.*)|google\.com\/tpu|habana\.ai\/gaudi|aws\.amazon\.com\/neuron(core|device)?|gpu\.intel\.com\/.+|xilinx\.com\/.+|intel\.com\/(gpu|gaudi)|cloud-tpus\.google\.com\/.+|nvidia\.com\/gpu(mem|cores).*|aliyun\.com\/gpu.*|tencent\.com\/vcuda.*|volcano\.sh\/[vm]?gpu.*|huawei\.com\/[Aa]scend.*)$/;
const MIG = /^nvidia\.com\/mig-/;
const SHARED = /\.shared$/;
const FABRIC =
  /^(vpc\.amazonaws\.com\/efa|rdma\/.+|nvidia\.com\/(hostdev|rdma.*|mlnx.*)|mellanox\.com\/.+|networking\.gke\.io\.networks\/.+|openshift\.io\/.+rdma.*)$/;
const NANO = 1_000_000_000n;

/** Whether a resource is an accelerator. */
export function isAccelerator(resource: string): boolean {
  return ACCELERATOR.test(resource);
}

/** Whether a resource is a slice of a GPU. */
export function isMig(resource: string): boolean {
  return MIG.test(resource);
}

/** Whether a resource is a part of a GPU that others use as well. */
export function isShared(resource: string): boolean {
  return SHARED.test(resource);
}

/** Whether a resource is a network card of a fast fabric. */
export function isFabric(resource: string): boolean {
  return FABRIC.test(resource);
}

/** The accelerators of a container's resources, each resource once; who asks for 0 asks for none. */
export function devicesIn(resources: Field): Device[] {
  const places = new Map<string, Field>();
  for (const part of ['limits', 'requests']) {
    for (const [resource, field] of resources.at(part).entries) {
      if (isAccelerator(resource) && !places.has(resource)) places.set(resource, field);
    }
  }
  return [...places]
    .map(([resource, field]) => ({ resource, field, count: wholeNumber(field) }))
    .filter(({ count }) => count !== 0);
}

/** A quantity that is a whole number. */
export function wholeNumber(field: Field): number | undefined {
  const amount = field.quantity;
  return amount === undefined || amount % NANO !== 0n ? undefined : Number(amount / NANO);
}
