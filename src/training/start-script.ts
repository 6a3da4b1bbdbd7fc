import type { Problem } from '../core/diagnostics';
import type { Manifest } from '../render/api-object';
import type { NamedVolume } from '../render/pod-description';
import { Volume } from '../render/volume';
import { sharedMetadata } from './backends/companions';
import type { Gang } from './backends/gang';
import { NO_COMMAND } from './diagnostics';
import type { Framework, FrameworkName } from './framework';
import type { TrainingProps } from './training-props';
import { scriptText } from './scripts/script';

/** A script of ours that starts the program of the user, where neither framework nor operators do what is needed before. */
interface Script {
  readonly file: string;
  /** Variables that it sets, which users must not. */
  readonly sets: readonly string[];
}

const SCRIPTS: { readonly [name in FrameworkName]?: Script } = {
  xgboost: { file: 'xgboost_launch.py', sets: ['DMLC_TASK_ID', 'LOCAL_RANK'] },
};

const MOUNT_PATH = '/opt/cdk8s-ml';

/** What the pods of a gang carry for its script. */
export interface StartScript {
  readonly volumes: readonly NamedVolume[];
  readonly sets: readonly string[];
  /** Starts the program of the user by the script. */
  readonly launched: (props: TrainingProps) => TrainingProps;
}

/** The script of a framework; most have none. */
export function startScriptOf({ name }: Framework, baseName: string): StartScript | undefined {
  const script = SCRIPTS[name];
  if (script === undefined) return undefined;
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
export function startScriptCompanions(gang: Gang): Manifest[] {
  const script = SCRIPTS[gang.framework.name];
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
export function startScriptProblems({ name }: Framework, { command }: TrainingProps): Problem[] {
  if (SCRIPTS[name] === undefined || command !== undefined) return [];
  const message = `command is not set, and framework ${name} starts it by a script of ours.`;
  return [{ rule: NO_COMMAND, property: 'command', message, fix: "Set command, such as ['python3', 'train.py']." }];
}
