import type { Container } from '../../../inventory/container';
import { gpusOf } from '../../../inventory/gpu-count';
import type { Setting } from '../../../inventory/launch';
import { fieldSetting, launchesOf, variableSetting } from '../../../inventory/launch';
import type { Remark } from '../../finding';
import { error, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const processesPerPod: Rule<Scope.CONTAINER> = {
  name: 'processes-per-pod',
  group: Group.SLOW_GANG,
  facts: ['ML-DIST-001'],
  scope: Scope.CONTAINER,
  why: 'One process works on one GPU: fewer leave GPUs idle, more fail at start or share one. PyTorchJob, MPIJob and torchrun start a single process in each pod unless they are told otherwise. https://docs.pytorch.org/docs/stable/elastic/run.html',
  fix: 'Set the processes of a pod (nprocPerNode, slotsPerWorker, --nproc-per-node) to its GPUs.',
  props: 'Leave numProcPerNode out: it is then the number of GPUs.',
  check: (container) => {
    const gpus = gpusOf(container);
    if (gpus === undefined || gpus === 0 || container.part !== 'main') return [];
    const given = givenBy(container);
    if (given !== undefined) return judged(given, gpus);
    const missing = gpus > 1 ? placeOfMissing(container) : undefined;
    return missing ? [warning(missing, `has ${gpus} GPUs in each pod and starts one process there.`)] : [];
  },
};

/** The number that counts: that of the command, of its environment, of the kind. */
function givenBy(container: Container): Setting | undefined {
  const launches = launchesOf(container);
  if (launches.length > 1) return { field: launches[0].field, text: '' };
  const [launch] = launches;
  const { role, workload } = container.pod;
  const alone = workload.podCount === 1 && launch?.launcher === 'accelerate' ? launch.processes : undefined;
  const ofKind = fieldSetting(role.processes);
  return launch?.processesPerNode ?? alone ?? variableSetting(container, 'PET_NPROC_PER_NODE') ?? ofKind;
}

function judged({ field, text, value }: Setting, gpus: number): Remark[] {
  if (value === undefined || value === gpus) return [];
  return [error(field, `starts ${text} processes in each pod, which has ${gpus} GPUs.`)];
}

/** Where the number is missing, if one process is then started; undefined when something else may decide. */
function placeOfMissing(container: Container) {
  const { pod } = container;
  const { resource } = pod.workload;
  const [launch] = launchesOf(container);
  if (resource.is('MPIJob', 'kubeflow.org')) {
    const launcher = pod.workload.roles.find(({ name }) => name === 'Launcher');
    const placed = launcher?.pod.containers.some((each) =>
      launchesOf(each).some(({ placesProcesses }) => placesProcesses),
    );
    return pod.role.name === 'Worker' && !placed ? pod.role.processes : undefined;
  }
  if (launch?.launcher === 'torchrun' && !pod.partial) return launch.field;
  return resource.is('PyTorchJob', 'kubeflow.org') && !launch ? pod.role.processes : undefined;
}
