import { TrainingBackend } from '../../cluster/settings';
import type { Problem } from '../../core/diagnostics';
import type { Manifest } from '../../render/api-object';
import type { NamedVolume } from '../../render/pod-description';
import { Volume } from '../../render/volume';
import { sharedMetadata } from '../backends/companions';
import type { Gang } from '../backends/gang';
import { GangRole } from '../gang-role';
import { NO_COMMAND } from '../diagnostics';
import type { Framework, FrameworkName } from './framework';
import type { TrainingProps } from '../training-props';
import { scriptText } from '../scripts/script';

/** A script of ours that starts the program of the user, where neither framework nor operators do what is needed before. */
interface Script {
  readonly file: string;
  /** Variables that it sets, which users must not. */
  readonly sets: readonly string[];
  /** The pod that it runs in. */
  readonly role: GangRole;
}

/** Of frameworks, on whichever backend. */
const SCRIPTS: { readonly [name in FrameworkName]?: Script } = {
  xgboost: { file: 'xgboost_launch.py', sets: ['DMLC_TASK_ID', 'LOCAL_RANK'], role: GangRole.NODE },
};
const ELASTIC: Script = { file: 'elastic_launch.py', sets: ['PET_RDZV_CONF'], role: GangRole.NODE };

/** What decides whether a gang has a script. */
export interface Started {
  readonly framework: Framework;
  readonly elastic?: object;
}

/** Of backends, for whichever framework. */
const SCRIPTS_OF_BACKENDS: { readonly [kind in TrainingBackend]?: Script } = {
  [TrainingBackend.RAY_JOB]: { file: 'ray_launch.py', sets: [], role: GangRole.HEAD },
};

function scriptOf({ framework, elastic }: Started, kind: TrainingBackend): Script | undefined {
  return SCRIPTS_OF_BACKENDS[kind] ?? SCRIPTS[framework.name] ?? (elastic && ELASTIC);
}

const MOUNT_PATH = '/opt/cdk8s-ml';

/** What the pods of a gang carry for its script. */
export interface StartScript {
  readonly volumes: readonly NamedVolume[];
  readonly sets: readonly string[];
  /** Starts the program of the user by the script. */
  readonly launched: (props: TrainingProps) => TrainingProps;
}

/** The script that a pod starts with; most have none. */
export function startScriptOf(
  started: Started,
  kind: TrainingBackend,
  role: GangRole,
  baseName: string,
): StartScript | undefined {
  const script = scriptOf(started, kind);
  if (script?.role !== role) return undefined;
  const volume = Volume.configMap(configMapName(baseName), { mountPath: MOUNT_PATH, readOnly: true });
  return {
    volumes: [{ name: 'start', volume }],
    sets: script.sets,
    launched: (props) => ({
      ...props,
      command: ['python3', `${MOUNT_PATH}/${script.file}`, ...(props.command ?? [])],
    }),
  };
}

/** The script as an object, which all runs of the gang share: another version of it changes no run that is there. */
export function startScriptCompanions(gang: Gang, kind: TrainingBackend): Manifest[] {
  const script = scriptOf(gang, kind);
  if (script === undefined) return [];
  const { labels } = sharedMetadata(gang);
  const metadata = { name: configMapName(gang.baseName), labels };
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      id: 'StartScript',
      metadata,
      fields: { data: { [script.file]: scriptText(script.file) } },
    },
  ];
}

const configMapName = (baseName: string): string => `${baseName}-start`;

/** The script cannot know the entry point of the image. */
export function startScriptProblems(
  { command, ...started }: TrainingProps & Started,
  kind: TrainingBackend,
): Problem[] {
  if (scriptOf(started, kind) === undefined || command !== undefined) return [];
  const message = `command is not set, and ${whatStarts(started, kind)} starts it by a script of ours.`;
  return [{ rule: NO_COMMAND, property: 'command', message, fix: "Set command, such as ['python3', 'train.py']." }];
}

function whatStarts({ framework }: Started, kind: TrainingBackend): string {
  if (SCRIPTS_OF_BACKENDS[kind]) return `backend ${kind}`;
  return SCRIPTS[framework.name] ? `framework ${framework.name}` : 'an elastic run';
}
