import { TrainingBackend } from '../../cluster/settings';
import type { Problem } from '../../core/diagnostics';
import type { Manifest } from '../../render/api-object';
import type { Devices, NamedVolume, PodDescription } from '../../render/pod-description';
import { Volume } from '../../render/volume';
import { GangRole } from '../gang-role';
import { BACKEND_TABLE } from '../backends/table';
import { NO_COMMAND, NOTHING_TO_CHECK } from '../diagnostics';
import type { FrameworkName } from '../frameworks/framework';
import type { DistributedRunProps } from '../gang-props';
import { scriptText } from '../scripts/script';
import { sharedMetadata } from '../shared-metadata';
import type { TrainingProps } from '../training-props';

const FILE = 'preflight.py';
const BANDWIDTH_FILE = 'preflight_bandwidth.py';
const MOUNT_PATH = '/opt/cdk8s-ml-preflight';

/** A pod of a run, as far as the preflight looks at it. */
export interface Checked {
  readonly name: string;
  readonly nodes: number;
  readonly devices?: Devices;
}

/** What the preflight adds to a pod. */
export interface PreflightStep<Props extends TrainingProps> {
  readonly props: Props;
  readonly volumes: readonly NamedVolume[];
}

/** The props of a pod that looks at its node first. */
export function withPreflight<Props extends TrainingProps>(props: Props, pod: Checked): PreflightStep<Props> {
  const { preflight, command } = props;
  if (!preflight || !command) return { props, volumes: [] };
  const gpus = gpusOf(pod.devices);
  const { _timeoutSeconds: timeout, _minBusBandwidth: floor } = preflight;
  const options = [
    ...(gpus === undefined ? [] : ['--gpus', String(gpus)]),
    ...(timeout === undefined || (floor !== undefined && pod.nodes === 1)
      ? []
      : ['--nodes', String(pod.nodes), '--timeout', String(timeout)]),
    ...(floor === undefined ? [] : ['--bandwidth', String(floor)]),
  ];
  const volume = Volume.configMap(configMapName(pod.name), { mountPath: MOUNT_PATH, readOnly: true });
  return {
    props: { ...props, command: ['python3', `${MOUNT_PATH}/${FILE}`, ...options, '--', ...command] },
    volumes: [{ name: 'preflight', volume }],
  };
}

/** The script as an object, which all runs of the name share. */
export function preflightCompanions({ preflight }: TrainingProps, baseName: string, pod: PodDescription): Manifest[] {
  if (!preflight) return [];
  const { labels } = sharedMetadata(baseName, pod);
  const files = preflight._minBusBandwidth === undefined ? [FILE] : [FILE, BANDWIDTH_FILE];
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      id: 'Preflight',
      metadata: { name: configMapName(baseName), labels },
      fields: { data: Object.fromEntries(files.map((file) => [file, scriptText(file)])) },
    },
  ];
}

const configMapName = (baseName: string): string => `${baseName}-preflight`;

/** GPUs that NVIDIA's tool lists: a slice or a share of one is one. */
function gpusOf(devices: Devices | undefined): number | undefined {
  if (!devices?.resourceName.startsWith('nvidia.com/')) return undefined;
  return devices.resourceName === 'nvidia.com/gpu' ? devices.count : 1;
}

/** What the preflight of a run cannot look at. */
export function preflightProblems({ preflight, command }: TrainingProps, devices: Devices | undefined): Problem[] {
  if (!preflight) return [];
  const problems: Problem[] = [];
  if (command === undefined) {
    const message = 'command is not set, and the preflight starts it by a script of ours.';
    const fix = "Set command, such as ['python3', 'train.py'].";
    problems.push({ rule: NO_COMMAND, property: 'command', message, fix });
  }
  if (preflight.name !== 'rendezvous' && gpusOf(devices) === undefined) {
    const what = devices ? `devices of ${devices.resourceName}, which are not NVIDIA's` : 'no GPUs';
    const message = `preflight is ${preflight.name}, and the pods have ${what}.`;
    problems.push(nothing(preflight.name, message, 'Leave preflight out.'));
  } else if (preflight.name === 'bandwidth' && devices?.resourceName !== 'nvidia.com/gpu') {
    const message = 'preflight is bandwidth, and NCCL does not join slices of GPUs.';
    problems.push(nothing(preflight.name, message, 'Use Preflight.devices().'));
  }
  return problems;
}

/** A run of one pod has nobody to meet. */
export function singlePreflightProblems({ preflight }: TrainingProps, devices: Devices | undefined): Problem[] {
  if (preflight?.name === 'bandwidth') return oneGpuProblems(preflight.name, devices?.count ?? 0);
  if (preflight?.name !== 'rendezvous') return [];
  return [nothing(preflight.name, 'preflight is rendezvous, and the run has one pod.', 'Use Preflight.devices().')];
}

function oneGpuProblems(name: string, gpus: number): Problem[] {
  if (gpus !== 1) return [];
  return [nothing(name, `preflight is ${name}, and the run has one GPU.`, 'Use Preflight.devices().')];
}

/** Frameworks that bring the program that measures. */
const WITH_PYTORCH: ReadonlySet<FrameworkName> = new Set(['pytorch', 'deepspeed']);

/** Frameworks whose program is told the first node by none of the variables that the script reads. */
const WITHOUT_FIRST_NODE: ReadonlySet<FrameworkName> = new Set(['tensorflow']);

/** What cannot be looked at in a gang. */
export function gangPreflightProblems(
  { preflight, framework, elastic, numNodes, gpuPerNode }: DistributedRunProps,
  backend: TrainingBackend,
): Problem[] {
  if (!preflight) return [];
  if (framework._mpi && BACKEND_TABLE[backend].roles?.includes(GangRole.LAUNCHER)) {
    const message = `preflight is ${preflight.name}, and the nodes of framework ${framework.name} wait for a launcher, which waits for them in any case.`;
    return [nothing(preflight.name, message, 'Leave preflight out.')];
  }
  if (backend === TrainingBackend.RAY_JOB) {
    const message = `preflight is ${preflight.name}, and the operator starts Ray on the nodes of a RayJob by itself.`;
    return [nothing(preflight.name, message, 'Leave preflight out.')];
  }
  if (preflight.name !== 'devices' && elastic) {
    const message = `preflight is ${preflight.name}, for which all nodes must come, and elastic lets the run start with fewer.`;
    return [nothing(preflight.name, message, 'Use Preflight.devices().')];
  }
  if (preflight.name === 'bandwidth') {
    if (WITH_PYTORCH.has(framework.name)) return oneGpuProblems(preflight.name, numNodes * (gpuPerNode?.count ?? 0));
    const message = `preflight is bandwidth, which PyTorch measures, and framework is ${framework.name}.`;
    return [nothing(preflight.name, message, 'Use Preflight.rendezvous() or Preflight.devices().')];
  }
  if (preflight.name !== 'rendezvous' || !WITHOUT_FIRST_NODE.has(framework.name)) return [];
  const message = `preflight is rendezvous, and the pods of framework ${framework.name} have no first one where they meet.`;
  return [nothing(preflight.name, message, 'Use Preflight.devices().')];
}

function nothing(value: string, message: string, fix: string): Problem {
  return { rule: NOTHING_TO_CHECK, property: 'preflight', value, message, fix };
}
