/** What users write for the resources of device plugins, each in the form of `formOf`. */
const MEANT: ReadonlyMap<string, string> = new Map(
  [
    'nvidia.com/gpu',
    'amd.com/gpu',
    'google.com/tpu',
    'habana.ai/gaudi',
    'aws.amazon.com/neuron',
    'aws.amazon.com/neuroncore',
    'gpu.intel.com/i915',
    'gpu.intel.com/xe',
    'vpc.amazonaws.com/efa',
  ].map((name) => [formOf(name), name]),
);

const MIG = /^nvidia\.com\/mig-/;
const MIG_PROFILE = /^nvidia\.com\/mig-\d{1,2}g\.\d{1,3}gb(\.me|\.gfx|\.me\.all|-me)?(\.shared)?$/;

/** The resource that was probably meant by one that no device plugin offers; undefined when it may be one. */
export function deviceMisspelling(resource: string): string | undefined {
  if (MIG.test(resource)) {
    return MIG_PROFILE.test(resource)
      ? undefined
      : 'the profile as nvidia-smi lists it, such as nvidia.com/mig-1g.10gb';
  }
  const meant = MEANT.get(formOf(resource)) ?? (resource.includes('/') ? undefined : BARE.get(formOf(resource)));
  return meant === resource ? undefined : meant;
}

/** Names without a domain. */
const BARE: ReadonlyMap<string, string> = new Map([
  ['gpu', 'nvidia.com/gpu'],
  ['nvidiagpu', 'nvidia.com/gpu'],
  ['amdgpu', 'amd.com/gpu'],
  ['tpu', 'google.com/tpu'],
  ['efa', 'vpc.amazonaws.com/efa'],
]);

/** Without what is easily mistaken: case, hyphens, the plural, the ending of the vendor's domain. */
function formOf(name: string): string {
  const [domain, ...rest] = name.toLowerCase().split('/');
  const device = rest.join('/').replace(/[-_.]/g, '').replace(/s$/, '');
  const vendor = domain
    .replace(/^(nvidia|nvdia|nvida|nividia|amd)(\.(com|io|org|ai))?$/, '$1')
    .replace(/^(nvdia|nvida|nividia)$/, 'nvidia');
  return rest.length === 0 ? domain.replace(/[-_.]/g, '').replace(/s$/, '') : `${vendor}/${device}`;
}
