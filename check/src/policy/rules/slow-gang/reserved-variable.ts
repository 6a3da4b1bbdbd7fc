import type { PodFacts } from '../../../inventory/pod';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const TORCHRUN = /^PET_(NNODES|NPROC_PER_NODE|NODE_RANK|MASTER_ADDR|MASTER_PORT|RDZV_\w+)$/;
const OPEN_MPI = /^OMPI_MCA_(orte_(default_hostfile|keep_fqdn_hostnames|set_default_slots)|plm_rsh_args)$/;
const RANKS = /^(MASTER_ADDR|MASTER_PORT|WORLD_SIZE|RANK)$/;

export const reservedVariable: Rule<Scope.CONTAINER> = {
  name: 'reserved-variable',
  group: Group.SLOW_GANG,
  facts: ['ML-DIST-019'],
  scope: Scope.CONTAINER,
  why: 'The operator sets these variables for every pod: TrainJob refuses a value of the user, the others put their own over it, so what stands here never counts. https://www.kubeflow.org/docs/components/trainer/operator-guides/runtime/',
  fix: 'Leave the variable out; the operator sets it.',
  check: ({ pod, env, part }) =>
    part === 'init'
      ? []
      : env.flatMap(({ field, name }) => {
          const level = levelOf(name, pod);
          if (level === undefined) return [];
          const message = `sets ${name}, which is the operator's own.`;
          return [level === 'refused' ? error(field, message) : warning(field, message)];
        }),
};

/** Whether the operator refuses the variable or overwrites it; undefined when it leaves it alone. */
function levelOf(name: string, { workload: { resource, roles } }: PodFacts): 'refused' | 'overwritten' | undefined {
  const { group, kind } = resource;
  if (group === 'trainer.kubeflow.org') {
    const isLaunched = roles.some((role) => role.name === 'launcher');
    return (isLaunched ? OPEN_MPI : TORCHRUN).test(name) ? 'refused' : undefined;
  }
  if (group !== 'kubeflow.org') return undefined;
  const hasMaster = roles.some((role) => role.name === 'Master');
  const isElastic = resource.at('spec', 'elasticPolicy').exists;
  switch (kind) {
    case 'TFJob':
      return name === 'TF_CONFIG' ? 'refused' : undefined;
    case 'PyTorchJob':
      if (name === 'PET_NNODES' || (isElastic && name.startsWith('PET_RDZV_'))) return 'refused';
      if (!hasMaster) return undefined; // without a master the operator sets neither address nor rank
      return TORCHRUN.test(name) && name !== 'PET_NPROC_PER_NODE' ? 'refused' : overwritten(name, RANKS);
    case 'XGBoostJob':
    case 'PaddleJob':
      return kind === 'XGBoostJob'
        ? overwritten(name, /^(MASTER_ADDR|MASTER_PORT|WORLD_SIZE|RANK|WORKER_ADDRS)$/)
        : undefined;
    case 'JAXJob':
      return overwritten(name, /^(COORDINATOR_ADDRESS|COORDINATOR_PORT|NUM_PROCESSES|PROCESS_ID)$/);
    default:
      return undefined;
  }
}

function overwritten(name: string, reserved: RegExp): 'overwritten' | undefined {
  return reserved.test(name) ? 'overwritten' : undefined;
}
