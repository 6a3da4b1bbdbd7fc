import type { JobSpec } from '../../../imports/k8s';
import { Size } from 'cdk8s';
import type { Shape } from '../../core/shape';
import { instanceOf, listOf, optional, text } from '../../core/shape';
import { dnsSubdomainProblem } from '../../core/names';
import { kibibytes } from '../../core/amounts';
import { COMPONENT_LABEL, JOB_NAME_LABEL, NAME_LABEL, SCHEDULE_LABEL } from '../../kinds/labels';
import type { Toleration } from '../../kinds/toleration';
import { Affinity, nodeAffinity } from '../../render/affinity';
import type { Manifest } from '../../render/api-object';
import { runVariable } from '../../render/environment';
import type { PodDescription } from '../../render/pod-description';
import { tolerationsCheck } from '../../render/pod-props';
import { podTemplate } from '../../render/pod-template';
import { SecurityProfile } from '../../render/security-profile';
import { Volume } from '../../render/volume';
import { scriptText } from '../scripts/script';
import { ConcurrencyPolicy } from './concurrency-policy';
import type { LaunchedRun } from './launched-run';
import { accountOf, groupTemplateOf, resourceOf, ruleOf, templateOf } from './launched-run';

/** What starts a run whose kind no CronJob can hold. */
export interface LauncherProps {
  /**
   * Image with a Python interpreter, 3.8 or newer; nothing else is needed of it.
   *
   * @default 'python:3.13.7-slim'
   */
  readonly image?: string;
  /**
   * Secrets with credentials of image registries, by name.
   *
   * @default - the image needs no credentials
   */
  readonly imagePullSecrets?: string[];
  /**
   * Nodes it must or should have.
   *
   * @default - any node
   */
  readonly affinity?: Affinity;
  /**
   * Taints that it may stand, such as that of GPU nodes where there are no others.
   *
   * @default - none: it starts on nodes without taints
   */
  readonly tolerations?: Toleration[];
}

/** Checks of the props of a launcher. */
export const launcherShape: Shape<LauncherProps> = {
  image: optional(text({ max: 1000 })),
  imagePullSecrets: optional(listOf(text({ max: 253, grammar: dnsSubdomainProblem }), { max: 20 })),
  affinity: optional(instanceOf(Affinity, 'Affinity.requireNodes(...)')),
  tolerations: optional(tolerationsCheck),
};

/** What a launcher does with the runs of earlier ticks. */
export interface LaunchRules {
  readonly concurrencyPolicy: ConcurrencyPolicy;
  /** Ended runs that are kept, of a kind that does not remove them by itself. */
  readonly keptRuns?: number;
}

const IMAGE = 'python:3.13.7-slim';
const CONTAINER = 'launcher';
const DIRECTORY = '/etc/cdk8s-ml';
const SCRIPT_FILE = 'launch_run.py';
const TEMPLATE_FILE = 'run.json';
const CANNOT_HELP = 2; // the exit code of the script
const CPU_MILLIS = 100;
const MEMORY = Size.mebibytes(128);
const RETRIES = 3;
// Four pods, the last of which may need all its time: the Job controller makes a new one 10, 20 and 40 s after a failure.
const SCRIPT_SECONDS = 90;
const START_SECONDS = 30;
const BACKOFF_SECONDS = 70;
const PULL_SECONDS = 300; // once, since the node has the image then
const DEADLINE_SECONDS = (RETRIES + 1) * (SCRIPT_SECONDS + START_SECONDS) + BACKOFF_SECONDS + PULL_SECONDS;

/** The Job of each tick, which makes the run and ends. */
export function launcherJobSpec({ name }: LaunchedRun, launcher: LauncherProps): JobSpec {
  const files = Volume.configMap(name, { mountPath: DIRECTORY });
  const pod: PodDescription = {
    main: {
      name: CONTAINER,
      image: launcher.image ?? IMAGE,
      command: ['python3', `${DIRECTORY}/${SCRIPT_FILE}`],
      env: [
        runVariable(JOB_NAME_LABEL),
        { name: 'GIVE_UP_SECONDS', value: String(SCRIPT_SECONDS) },
        { name: 'PYTHONDONTWRITEBYTECODE', value: '1' },
      ],
      cpuMillis: CPU_MILLIS,
      memoryKib: kibibytes(MEMORY),
      volumes: [{ name: 'run', volume: files }],
    },
    initContainers: [],
    sidecars: [],
    labels: launcherLabels(name),
    annotations: {},
    restartPolicy: 'Never',
    graceSeconds: 30,
    security: SecurityProfile.restricted(),
    fsGroup: false,
    serviceAccountName: name,
    automountServiceAccountToken: true,
    imagePullSecrets: launcher.imagePullSecrets ?? [],
    nodeSelector: {},
    tolerations: launcher.tolerations ?? [],
    affinity: launcher.affinity && { nodeAffinity: nodeAffinity([launcher.affinity]) },
  };
  return {
    backoffLimit: RETRIES,
    activeDeadlineSeconds: DEADLINE_SECONDS,
    podReplacementPolicy: 'Failed',
    podFailurePolicy: {
      rules: [
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        { action: 'FailJob', onExitCodes: { containerName: CONTAINER, operator: 'In', values: [CANNOT_HELP] } },
      ],
    },
    template: podTemplate(pod),
  };
}

/** What the launcher needs: its files, and an account that may make and read objects of this one kind, groups for them, and no others. */
export function launcherCompanions(run: LaunchedRun, rules: LaunchRules): Manifest[] {
  const labels = launcherLabels(run.name);
  return [
    ...accountOf(run, labels, [
      ruleOf(run.template, verbsOf(rules)),
      ...(run.group ? [ruleOf(run.group, ['create', 'get'])] : []),
    ]),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: run.name, labels },
      fields: { data: () => ({ [SCRIPT_FILE]: scriptText(SCRIPT_FILE), [TEMPLATE_FILE]: templateText(run, rules) }) },
    },
  ];
}

function verbsOf({ concurrencyPolicy, keptRuns }: LaunchRules): string[] {
  const removes = concurrencyPolicy === ConcurrencyPolicy.REPLACE || keptRuns !== undefined;
  return ['create', 'get', 'list', ...(removes ? ['delete'] : [])];
}

function templateText(run: LaunchedRun, rules: LaunchRules): string {
  const { nameSuffix } = run;
  const group = run.group && { resource: resourceOf(run.group), template: groupTemplateOf(run.group) };
  const resource = resourceOf(run.template);
  const asked = { resource, scheduleLabel: SCHEDULE_LABEL, nameSuffix, ...rules, template: templateOf(run), group };
  return JSON.stringify(asked, undefined, 2);
}

function launcherLabels(name: string): { [label: string]: string } {
  return { [NAME_LABEL]: name, [COMPONENT_LABEL]: CONTAINER };
}
