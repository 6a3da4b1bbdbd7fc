import type { Container } from '../../../inventory/container';
import { isFabric } from '../../../inventory/device';
import type { Field } from '../../../inventory/field';
import { gpusOf } from '../../../inventory/gpu-count';
import type { Remark } from '../../finding';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const ON = /^(1|true|yes)$/i;

/** Settings that slow NCCL down or are of old versions, and where they do. */
const SETTINGS: { readonly [name: string]: (value: string | undefined, container: Container) => string | undefined } = {
  FI_EFA_USE_DEVICE_RDMA: () => 'which libfabric has decided by itself since 1.18',
  RDMAV_FORK_SAFE: () => 'which fails on newer kernels',
  FI_EFA_FORK_SAFE: () => 'which newer kernels have no need of',
  NCCL_PROTO: (value, container) =>
    /^simple$/i.test(value ?? '') && usesEfa(container) ? 'which the EFA plugin decides by itself' : undefined,
  NCCL_IB_DISABLE: (value, { pod }) =>
    ON.test(value ?? '') && pod.workload.isGang ? 'so the gang talks over TCP' : undefined,
  NCCL_P2P_DISABLE: (value, container) =>
    ON.test(value ?? '') && (gpusOf(container) ?? 0) > 1 ? 'so the GPUs of a node talk through its memory' : undefined,
};

export const fabricSettings: Rule<Scope.CONTAINER> = {
  name: 'fabric-settings',
  group: Group.SLOW_GANG,
  facts: ['ML-DIST-014'],
  scope: Scope.CONTAINER,
  why: 'Settings from the first days of EFA, and switches that were meant for a search for faults, keep NCCL from the fast way. https://github.com/aws/aws-ofi-nccl/blob/master/doc/efa-env-var.md',
  fix: 'Leave the setting out.',
  check: (container) => {
    const variables = container.env.flatMap(({ field, name, value }) =>
      remark(field.at('value'), name, value, container),
    );
    return variables.length > 0 ? variables : ofCommand(container);
  },
};

/** What an export of a script or an `-x` of mpirun sets. */
function ofCommand(container: Container): Remark[] {
  const field = container.field.at(container.args.length > 0 ? 'args' : 'command');
  return container.words.flatMap((word) => {
    const setting = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(word);
    return setting ? remark(field, setting[1], setting[2], container) : [];
  });
}

function remark(field: Field, name: string, value: string | undefined, container: Container): Remark[] {
  if (!Object.hasOwn(SETTINGS, name)) return [];
  const harm = SETTINGS[name](value, container);
  return harm === undefined ? [] : [warning(field, `sets ${name}, ${harm}.`)];
}

function usesEfa({ pod, env }: Container): boolean {
  const asks = pod.workload.pods.some(({ containers }) =>
    containers.some(({ asked }) => asked.some(({ resource }) => isFabric(resource) && resource.endsWith('/efa'))),
  );
  return asks || env.some(({ name, value }) => name === 'FI_PROVIDER' && value === 'efa');
}
