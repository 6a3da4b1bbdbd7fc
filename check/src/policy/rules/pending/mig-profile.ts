import { GPU_MODELS } from 'cdk8s-ml/floor/catalog/gpu-models';
import type { GpuModelEntry } from 'cdk8s-ml/floor/catalog/gpu-models';
import { migProfiles, migSlices } from 'cdk8s-ml/floor/catalog/mig-profiles';
import type { Device } from '../../../inventory/device';
import { isMig } from '../../../inventory/device';
import { deviceMisspelling } from '../../../inventory/device-name';
import { modelsFor } from '../../../inventory/gpu-choice';
import type { Remark } from '../../finding';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const migProfile: Rule<Scope.POD> = {
  name: 'mig-profile',
  group: Group.PENDING,
  facts: ['ML-SCHED-011'],
  scope: Scope.POD,
  why: 'Each GPU model has MIG profiles of its own, and gives so many slices of each: others are offered by no node. https://docs.nvidia.com/datacenter/tesla/mig-user-guide/#supported-mig-profiles',
  fix: 'Ask for a profile that the GPU model has.',
  props: 'Set gpu to Gpu.mig(...) with a profile of the pool.',
  check: (pod, { pools }) => pod.devices.filter(isSlice).flatMap((device) => remark(device, modelsFor(pod, pools))),
};

function isSlice({ resource }: Device): boolean {
  return isMig(resource) && deviceMisspelling(resource) === undefined;
}

function remark({ resource, field, count }: Device, chosen: readonly GpuModelEntry[] | undefined): Remark[] {
  const models = chosen ?? GPU_MODELS;
  const slices = models.map((model) => slicesOf(model.key, resource)).filter((each) => each !== undefined);
  if (slices.length === 0) {
    if (chosen === undefined) return [warning(field, `asks for ${resource}, a profile that no known GPU has.`)];
    const [{ name, key }] = chosen;
    const profiles = migProfiles(key);
    const fix =
      profiles.length === 0 ? `Ask for whole GPUs: ${name} has no MIG.` : `Take one of ${profiles.join(', ')}.`;
    return [error(field, `asks for ${resource}, a profile that ${name} does not have.`, fix)];
  }
  const most = Math.max(...slices);
  if (count === undefined || count <= most) return [];
  return [error(field, `asks for ${count} of ${resource}, and one GPU gives at most ${most}.`)];
}

function slicesOf(modelKey: string, resource: string): number | undefined {
  const profile = migProfiles(modelKey).find(
    (each) => resource.replace(/\.shared$/, '') === `nvidia.com/mig-${each.replaceAll('+', '.')}`,
  );
  return profile === undefined ? undefined : migSlices(modelKey, profile);
}
