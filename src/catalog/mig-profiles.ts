import type { DataSource } from './data-source';

/** Source of the layouts in this file. */
export const MIG_SOURCE: DataSource = {
  what: 'MIG profiles, and how many slices of each a GPU gives, in the default configuration of release v0.15.0',
  asOf: '2026-08-21',
  source: 'https://github.com/NVIDIA/mig-parted/blob/v0.15.0/deployments/systemd/config-default.yaml',
  checked: true,
};

/** How GPUs of some models can be cut into MIG slices. */
export interface MigGeometry {
  /** Keys of the models in the catalogue. */
  readonly models: readonly string[];
  /** Per profile, how many slices one GPU gives when it is cut into that profile alone. */
  readonly profiles: { readonly [profile: string]: number };
  /** The mixed layout that the configuration calls `all-balanced`: slices of one GPU per profile. */
  readonly balanced: { readonly [profile: string]: number };
}

/** One MIG profile of one model. */
export interface MigProfile {
  /** Name as mig-parted spells it, such as `1g.10gb` or `1g.10gb+me`. */
  readonly profile: string;
  /** Slices of that profile that one GPU gives. */
  readonly count: number;
  /** Memory in the name, a little above what a program can use. */
  readonly memoryGb: number;
  /** Resource that the nodes offer with the strategy `mixed`. */
  readonly resourceName: string;
}

/** The layouts that are known. The same profile name gives 7 slices of one model and 4 of another. */
export const MIG_GEOMETRIES: readonly MigGeometry[] = [
  {
    models: ['a30'],
    profiles: { '1g.6gb': 4, '1g.6gb+me': 1, '2g.12gb': 2, '2g.12gb+me': 1, '4g.24gb': 1 },
    balanced: { '1g.6gb': 2, '2g.12gb': 1 },
  },
  {
    models: ['a100-40'],
    profiles: {
      '1g.5gb': 7,
      '1g.5gb+me': 1,
      '1g.10gb': 4,
      '2g.10gb': 3,
      '3g.20gb': 2,
      '4g.20gb': 1,
      '7g.40gb': 1,
    },
    balanced: { '1g.5gb': 2, '2g.10gb': 1, '3g.20gb': 1 },
  },
  {
    models: ['a100-80', 'h100-sxm', 'h100-pcie'],
    profiles: {
      '1g.10gb': 7,
      '1g.10gb+me': 1,
      '1g.20gb': 4,
      '2g.20gb': 3,
      '3g.40gb': 2,
      '4g.40gb': 1,
      '7g.80gb': 1,
    },
    balanced: { '1g.10gb': 2, '2g.20gb': 1, '3g.40gb': 1 },
  },
  {
    models: ['h100-nvl'],
    profiles: {
      '1g.12gb': 7,
      '1g.12gb+me': 1,
      '1g.24gb': 4,
      '2g.24gb': 3,
      '3g.47gb': 2,
      '4g.47gb': 1,
      '7g.94gb': 1,
    },
    balanced: { '1g.12gb': 2, '2g.24gb': 1, '3g.47gb': 1 },
  },
  {
    models: ['gh200'],
    profiles: {
      '1g.12gb': 7,
      '1g.12gb+me': 1,
      '1g.24gb': 4,
      '2g.24gb': 3,
      '3g.48gb': 2,
      '4g.48gb': 1,
      '7g.96gb': 1,
    },
    balanced: { '1g.12gb': 2, '2g.24gb': 1, '3g.48gb': 1 },
  },
  {
    models: ['gh200-144'],
    profiles: {
      '1g.18gb': 7,
      '1g.18gb+me': 1,
      '1g.36gb': 4,
      '2g.36gb': 3,
      '3g.72gb': 2,
      '4g.72gb': 1,
      '7g.144gb': 1,
    },
    balanced: { '1g.18gb': 2, '2g.36gb': 1, '3g.72gb': 1 },
  },
  {
    models: ['h200'],
    profiles: {
      '1g.18gb': 7,
      '1g.18gb+me': 1,
      '1g.35gb': 4,
      '2g.35gb': 3,
      '3g.71gb': 2,
      '4g.71gb': 1,
      '7g.141gb': 1,
    },
    balanced: { '1g.18gb': 2, '2g.35gb': 1, '3g.71gb': 1 },
  },
  {
    models: ['b200'],
    profiles: {
      '1g.23gb': 7,
      '1g.23gb+me': 1,
      '1g.45gb': 4,
      '2g.45gb': 3,
      '3g.90gb': 2,
      '4g.90gb': 1,
      '7g.180gb': 1,
    },
    balanced: { '1g.23gb': 2, '2g.45gb': 1, '3g.90gb': 1 },
  },
  {
    models: ['gb200'], // the part with 186 GB and that with 189 GB, which has other names
    profiles: {
      '1g.23gb': 7,
      '1g.23gb+me': 1,
      '1g.24gb': 7,
      '1g.47gb': 4,
      '2g.47gb': 3,
      '3g.93gb': 2,
      '3g.95gb': 2,
      '4g.93gb': 1,
      '4g.95gb': 1,
      '7g.186gb': 1,
      '7g.189gb': 1,
    },
    balanced: { '1g.23gb': 2, '2g.47gb': 1, '3g.93gb': 1 },
  },
  {
    models: ['b300'],
    profiles: {
      '1g.34gb': 7,
      '1g.34gb+me': 1,
      '1g.67gb': 4,
      '2g.67gb': 3,
      '3g.135gb': 2,
      '4g.135gb': 1,
      '7g.269gb': 1,
    },
    balanced: { '1g.34gb': 2, '2g.67gb': 1, '3g.135gb': 1 },
  },
  {
    models: ['gb300'],
    profiles: {
      '1g.35gb': 7,
      '1g.35gb+me': 1,
      '1g.70gb': 4,
      '2g.70gb': 3,
      '3g.139gb': 2,
      '4g.139gb': 1,
      '7g.278gb': 1,
    },
    balanced: { '1g.35gb': 2, '2g.70gb': 1, '3g.139gb': 1 },
  },
  {
    models: ['rtx-pro-6000'],
    profiles: {
      '1g.24gb': 4,
      '1g.24gb-me': 4,
      '1g.24gb+gfx': 4,
      '1g.24gb+me.all': 1,
      '2g.48gb': 2,
      '2g.48gb-me': 2,
      '2g.48gb+gfx': 2,
      '2g.48gb+me.all': 1,
      '4g.96gb': 1,
      '4g.96gb+gfx': 1,
    },
    balanced: { '1g.24gb': 2, '2g.48gb': 1 },
  },
];

/** How a GPU of a model can be cut; undefined when it cannot, or the model is not known. */
export function migGeometry(modelKey: string): MigGeometry | undefined {
  return MIG_GEOMETRIES.find(({ models }) => models.includes(modelKey));
}

/** Names of the MIG profiles of a model, smallest first; none when it has no MIG. */
export function migProfiles(modelKey: string): readonly string[] {
  return Object.keys(migGeometry(modelKey)?.profiles ?? {});
}

/** Slices of one profile that one GPU of a model gives; undefined when the model has no such profile. */
export function migSlices(modelKey: string, profile: string): number | undefined {
  return migProfile(modelKey, profile)?.count;
}

/** One MIG profile of a model; undefined when the model has no such profile. */
export function migProfile(modelKey: string, profile: string): MigProfile | undefined {
  const profiles = migGeometry(modelKey)?.profiles;
  if (!profiles || !Object.hasOwn(profiles, profile)) return undefined;
  const [, memory] = /\.(\d+)gb/.exec(profile)!;
  return { profile, count: profiles[profile], memoryGb: Number(memory), resourceName: migResourceName(profile) };
}

/** Resource by which nodes offer slices of a profile with the strategy `mixed`; a `+` becomes a dot. */
function migResourceName(profile: string): string {
  return `nvidia.com/mig-${profile.replaceAll('+', '.')}`;
}
