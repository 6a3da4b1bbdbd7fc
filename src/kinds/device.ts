import { labelKeyProblem } from '../core/names';
import { didYouMean } from '../core/nearest';

/** Resource names of the device plugins in use. https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/ */
const DEVICE_RESOURCES = [
  'nvidia.com/gpu',
  'nvidia.com/gpu.shared',
  'amd.com/gpu',
  'google.com/tpu',
  'habana.ai/gaudi',
  'aws.amazon.com/neuron',
  'aws.amazon.com/neuroncore',
  'gpu.intel.com/i915',
  'gpu.intel.com/xe',
];

const MIG = /^nvidia\.com\/mig-[1-9]g\.\d{1,3}gb(\.me|\.gfx)?(\.shared)?$/;

/** Why a device resource can never be had, or nothing. Names outside the vendors' domains are taken as they are. */
export function deviceNameProblem(name: string): { readonly message: string; readonly fix: string } | undefined {
  if (!name.includes('/')) {
    return {
      message: 'has no domain, and Kubernetes keeps such names to itself.',
      fix: `Write the full name${didYouMean(`nvidia.com/${name}`, DEVICE_RESOURCES)}.`,
    };
  }
  if (/^requests\.|^([^/]*\.)?kubernetes\.io\//.test(name)) {
    return { message: 'belongs to Kubernetes itself.', fix: 'Write it as the device plugin does.' };
  }
  const grammar = labelKeyProblem(name);
  if (grammar !== undefined) return { message: `${grammar}.`, fix: 'Write it as the device plugin does.' };
  if (DEVICE_RESOURCES.includes(name) || MIG.test(name) || !isVendorDomain(name)) return undefined;
  return {
    message: `is offered by no device plugin${didYouMean(name, DEVICE_RESOURCES)}.`,
    fix: `Take one of ${DEVICE_RESOURCES.join(', ')}.`,
  };
}

function isVendorDomain(name: string): boolean {
  const domain = name.slice(0, name.indexOf('/'));
  return domain === 'nvidia' || DEVICE_RESOURCES.some((known) => known.startsWith(`${domain}/`));
}
