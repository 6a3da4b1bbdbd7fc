// MIG geometry per model: slices of one profile that a GPU holds, and the layout that NVIDIA calls all-balanced. The same profile
// name means another number on another model. https://github.com/NVIDIA/mig-parted/blob/v0.15.0/deployments/systemd/config-default.yaml
interface MigGeometry {
  readonly profiles: { readonly [profile: string]: number };
  readonly balanced: { readonly [profile: string]: number };
}

const GEOMETRY: { readonly [model: string]: MigGeometry } = {
  'a100-40': {
    profiles: { '1g.5gb': 7, '1g.10gb': 4, '2g.10gb': 3, '3g.20gb': 2, '4g.20gb': 1, '7g.40gb': 1 },
    balanced: { '1g.5gb': 2, '2g.10gb': 1, '3g.20gb': 1 },
  },
  'a100-80': {
    profiles: { '1g.10gb': 7, '1g.20gb': 4, '2g.20gb': 3, '3g.40gb': 2, '4g.40gb': 1, '7g.80gb': 1 },
    balanced: { '1g.10gb': 2, '2g.20gb': 1, '3g.40gb': 1 },
  },
  'h100-sxm': {
    profiles: { '1g.10gb': 7, '1g.20gb': 4, '2g.20gb': 3, '3g.40gb': 2, '4g.40gb': 1, '7g.80gb': 1 },
    balanced: { '1g.10gb': 2, '2g.20gb': 1, '3g.40gb': 1 },
  },
  'h100-pcie': {
    profiles: { '1g.10gb': 7, '1g.20gb': 4, '2g.20gb': 3, '3g.40gb': 2, '4g.40gb': 1, '7g.80gb': 1 },
    balanced: { '1g.10gb': 2, '2g.20gb': 1, '3g.40gb': 1 },
  },
  'h100-nvl': {
    profiles: { '1g.12gb': 7, '1g.24gb': 4, '2g.24gb': 3, '3g.47gb': 2, '4g.47gb': 1, '7g.94gb': 1 },
    balanced: { '1g.12gb': 2, '2g.24gb': 1, '3g.47gb': 1 },
  },
  gh200: {
    profiles: { '1g.12gb': 7, '1g.24gb': 4, '2g.24gb': 3, '3g.48gb': 2, '4g.48gb': 1, '7g.96gb': 1 },
    balanced: { '1g.12gb': 2, '2g.24gb': 1, '3g.48gb': 1 },
  },
  h200: {
    profiles: { '1g.18gb': 7, '1g.35gb': 4, '2g.35gb': 3, '3g.71gb': 2, '4g.71gb': 1, '7g.141gb': 1 },
    balanced: { '1g.18gb': 2, '2g.35gb': 1, '3g.71gb': 1 },
  },
  b200: {
    profiles: { '1g.23gb': 7, '1g.45gb': 4, '2g.45gb': 3, '3g.90gb': 2, '4g.90gb': 1, '7g.180gb': 1 },
    balanced: { '1g.23gb': 2, '2g.45gb': 1, '3g.90gb': 1 },
  },
  gb200: {
    profiles: { '1g.23gb': 7, '1g.47gb': 4, '2g.47gb': 3, '3g.93gb': 2, '4g.93gb': 1, '7g.186gb': 1 },
    balanced: { '1g.23gb': 2, '2g.47gb': 1, '3g.93gb': 1 },
  },
  b300: {
    profiles: { '1g.34gb': 7, '1g.67gb': 4, '2g.67gb': 3, '3g.135gb': 2, '4g.135gb': 1, '7g.269gb': 1 },
    balanced: { '1g.34gb': 2, '2g.67gb': 1, '3g.135gb': 1 },
  },
  gb300: {
    profiles: { '1g.35gb': 7, '1g.70gb': 4, '2g.70gb': 3, '3g.139gb': 2, '4g.139gb': 1, '7g.278gb': 1 },
    balanced: { '1g.35gb': 2, '2g.70gb': 1, '3g.139gb': 1 },
  },
  'rtx-pro-6000': { profiles: { '1g.24gb': 4, '2g.48gb': 2, '4g.96gb': 1 }, balanced: { '1g.24gb': 2, '2g.48gb': 1 } },
};

/** MIG profiles that a model can be cut into; none for a model without MIG. */
export function migProfiles(modelKey: string): string[] {
  return Object.keys(geometry(modelKey)?.profiles ?? {});
}

/** Slices of a profile that one GPU of a model holds. */
export function migSlices(modelKey: string, profile: string): number | undefined {
  const profiles = geometry(modelKey)?.profiles ?? {};
  return Object.hasOwn(profiles, profile) ? profiles[profile] : undefined;
}

/** Slices of the layout all-balanced, by profile. */
export function migBalancedLayout(modelKey: string): { readonly [profile: string]: number } | undefined {
  return geometry(modelKey)?.balanced;
}

function geometry(modelKey: string): MigGeometry | undefined {
  return Object.hasOwn(GEOMETRY, modelKey) ? GEOMETRY[modelKey] : undefined;
}
