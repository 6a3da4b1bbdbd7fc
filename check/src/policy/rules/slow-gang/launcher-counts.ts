import type { Container } from '../../../inventory/container';
import { gpusOf } from '../../../inventory/gpu-count';
import { fieldSetting, launchesOf, variableSetting } from '../../../inventory/launch';
import type { Workload } from '../../../inventory/workload';
import type { Remark } from '../../finding';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { isCounted, nodeCounts } from './gang-size';

/** Variables by which images and scripts are told the number of nodes. */
const NODE_VARIABLES = ['PET_NNODES', 'NNODES', 'NUM_NODES', 'NUM_MACHINES'];

export const launcherCounts: Rule<Scope.CONTAINER> = {
  name: 'launcher-counts',
  group: Group.SLOW_GANG,
  facts: [],
  scope: Scope.CONTAINER,
  why: 'A launcher that is told of more pods than there are waits for them until it gives up; one that is told of fewer leaves pods idle, or lets them train apart. https://docs.pytorch.org/docs/stable/elastic/run.html',
  fix: 'Tell the launcher the number of pods and processes that the replicas make.',
  props: 'Leave the count out of the command: it is rendered from numNodes.',
  check: (container) => {
    const { pod } = container;
    const { workload } = pod;
    if (!startsTogether(workload) || !isCounted(pod) || workload.resource.at('spec', 'elasticPolicy').exists) return [];
    const launches = launchesOf(container);
    if (launches.length > 1) return [];
    const [launch] = launches;
    const nodes = launch?.nodes ?? variableSetting(container, ...NODE_VARIABLES);
    const counts = nodeCounts(pod);
    if (nodes !== undefined) {
      const isWrong =
        nodes.value === undefined ? leastOfRange(nodes.text) > workload.podCount : !counts.has(nodes.value);
      if (isWrong)
        return [warning(nodes.field, `waits for ${nodes.text} nodes, and there are ${workload.podCount} pods.`)];
    }
    return launch?.launcher === 'mpirun' ? ranks(container, workload) : [];
  },
};

function startsTogether({ isGang, resource }: Workload): boolean {
  return isGang || resource.is('PyTorchJob', 'kubeflow.org') || resource.is('MPIJob', 'kubeflow.org');
}

/** Nodes that an elastic `--nnodes=2:8` waits for; none when it is no range. */
function leastOfRange(text: string): number {
  return Number(/^(\d{1,6}):\d{1,6}$/.exec(text)?.[1] ?? 0);
}

/** Whether a pod that is none of the workers runs `mpirun`. */
function hasLauncher(resource: Workload['resource'], roles: Workload['roles']): boolean {
  const isTrainJob = resource.is('TrainJob', 'trainer.kubeflow.org') && roles.some(({ name }) => name === 'launcher');
  return isTrainJob || resource.is('MPIJob', 'kubeflow.org');
}

/** What `-np` of an MPIJob or TrainJob may be: the slots of all workers, those and the launcher's own, or one process on each. */
function ranks(container: Container, { resource, roles }: Workload): Remark[] {
  const { processes, processesPerNode } = launchesOf(container)[0];
  const workers = roles.find(({ name }) => name === (resource.kind === 'TrainJob' ? 'node' : 'Worker'));
  if (!hasLauncher(resource, roles) || processes?.value === undefined || workers === undefined) return [];
  if (processesPerNode !== undefined) return [];
  const given = fieldSetting(workers.processes);
  if (given !== undefined && given.value === undefined) return [];
  const gpus = gpusOf(workers.pod.containers[0] ?? container) ?? 0;
  const slots = given?.value ?? (gpus > 0 ? gpus : 1);
  const nodes = [workers.count, ...(resource.at('spec', 'runLauncherAsWorker').boolean ? [workers.count + 1] : [])];
  if (nodes.some((count) => [count, count * slots].includes(processes.value!))) return [];
  const message = `starts ${processes.text} processes, and its ${workers.count} workers have ${slots} slots each.`;
  return [warning(processes.field, message)];
}
