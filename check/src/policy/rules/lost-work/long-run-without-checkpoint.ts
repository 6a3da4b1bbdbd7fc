import type { Mount } from '../../../inventory/container';
import type { PodFacts } from '../../../inventory/pod';
import { spotChoice } from '../../../inventory/spot';
import { isToy, makesResult, trains } from '../../../inventory/training';
import { info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { savingOf } from './saving';

/** A loss that one can bear. Llama 3 405B met an unexpected interruption every three hours. https://arxiv.org/abs/2407.21783 */
const SHORT_SECONDS = 3600;

export const longRunWithoutCheckpoint: Rule<Scope.RUN> = {
  name: 'long-run-without-checkpoint',
  group: Group.LOST_WORK,
  packs: [Group.OOM],
  facts: ['ML-CKPT-004', 'ML-MEM-009'],
  scope: Scope.RUN,
  why: 'A run that saves nothing on its way loses all its hours to one failed node, one preemption or one kill for memory. https://arxiv.org/abs/2407.21783',
  fix: 'Mount a claim for checkpoints and tell the program its path, such as CHECKPOINT_DIR; waive it where the program saves by itself.',
  props: 'Set checkpoints to Checkpoints.claim(...).',
  check: (run, inventory) => {
    const pod = run.pods.find((each) => each.deviceCount > 0 && takesLong(each));
    const saving = pod && savingOf(run, inventory);
    if (!pod || (saving !== 'nothing' && !(saving === 'unknown' && run.resource.kind === 'TrainJob'))) return [];
    if (run.pods.some((each) => spotChoice(each, inventory))) return []; // worse, and another finding
    const container = pod.containers.find(({ devices }) => devices.length > 0) ?? pod.containers[0];
    const place = container?.field ?? pod.field;
    // The runtime of a TrainJob may mount what keeps them.
    if (saving === 'unknown') return [info(place, 'trains on GPUs and does not say where it saves checkpoints.')];
    const lasting = pod.containers.flatMap(({ mounts }) => mounts).filter(lasts);
    const volume = lasting.find(({ path, volumeName = '' }) => !READ.test(`${path} ${volumeName}`));
    if (volume)
      return [
        info(place, `trains on GPUs and does not say where it saves checkpoints; ${volume.path} would keep them.`),
      ];
    return lasting.length > 0
      ? [
          warning(
            place,
            `trains on GPUs and names no checkpoints; ${lasting[0].path} lasts, and looks like what it reads.`,
          ),
        ]
      : [warning(place, 'trains on GPUs and saves no checkpoints: nothing of it survives a failure.')];
  },
};

const LASTING: ReadonlySet<string | undefined> = new Set(['claim', 'network', 'unknown']);
/** Names of volumes that runs read from. */
const READ = /data|input|model|weights|cache/i;

/** Whether what is written to a mount lasts. */
function lasts({ readOnly, volume }: Mount): boolean {
  return !readOnly && LASTING.has(volume?.nature);
}

function takesLong(pod: PodFacts): boolean {
  const seconds = pod.workload.bounds.deadline?.value ?? pod.at('activeDeadlineSeconds').integer;
  return seconds === undefined ? trains(pod) && !isToy(pod) : seconds > SHORT_SECONDS && makesResult(pod);
}
