import type { Container } from '../../../inventory/container';
import { isMig, isShared } from '../../../inventory/device';
import { isChoice } from '../../../inventory/gpu-choice';
import { parametersIn, saidBy } from '../../../inventory/model-size';
import type { PodFacts } from '../../../inventory/pod';
import { demandsOf } from '../../../inventory/pod';
import { info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { isOpenPod, isPlaced } from './gpu-pods';

export const gpuModelChoice: Rule<Scope.POD> = {
  name: 'gpu-model-choice',
  group: Group.PENDING,
  facts: ['ML-SCHED-004'],
  scope: Scope.POD,
  why: 'A pod that names no GPU model gets any: one with less memory, or a T4 or V100 that cannot compute in bf16. https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/#manage-clusters-with-different-types-of-gpus',
  fix: 'Choose the nodes by a label of the GPU model, such as nvidia.com/gpu.product, or by a pool.',
  props: 'Set gpu to the model, such as Gpu.h100(1), or set pool.',
  check: (pod, inventory) => {
    const { pools } = inventory;
    const { devices, workload } = pod;
    if (devices.length === 0 || isOpenPod(pod) || !isPlaced(pod) || workload.queueName !== undefined) return [];
    if (!devices.every(({ resource }) => resource.endsWith('/gpu')) || devices.some(isPart)) return [];
    if (pod.nodeDemands.some(isChoice) || pod.nodeTerms.some((term) => demandsOf(term).some(isChoice))) return [];
    if (pod.at('nodeName').exists || pod.tolerations.some(namesNodes)) return [];
    const models = new Set((pools ?? []).flatMap(({ model }) => model?.key ?? []));
    if (pools !== undefined && models.size < 2) return [];
    const field = pod.at('nodeSelector');
    const need = neededBy(pod);
    if (need !== undefined) return [warning(field, `takes a GPU of any model, and needs ${need}.`)];
    const isSaid = inventory.oncePer('gpu needs', workload, () =>
      workload.pods.some((each) => neededBy(each) !== undefined),
    );
    return isSaid ? [] : [info(field, 'takes a GPU of any model.')];
  },
};

/** What the containers of a pod show of the GPU that it needs. */
function neededBy({ everyContainer }: PodFacts): string | undefined {
  return everyContainer.map(needOf).find((each) => each !== undefined);
}

function isPart({ resource }: { readonly resource: string }): boolean {
  return isMig(resource) || isShared(resource);
}

/** A taint of one group of nodes, which only some pods tolerate. */
function namesNodes(toleration: { at(key: string): { readonly text?: string } }): boolean {
  const key = toleration.at('key').text ?? '';
  return (
    key !== '' &&
    key !== 'nvidia.com/gpu' &&
    !/^(node|node-role)\.kubernetes\.io\/|\/(gke-)?spot$|scalesetpriority/.test(key)
  );
}

const PRECISION = /(?:^|[^a-z0-9])(bf16|bfloat16|fp8|nvfp4|fp4|tf32)(?:$|[^a-z0-9])/i;
/** Models of so many billion parameters and more fill a small GPU in 16 bits. */
const LARGE_MODEL = 7;

/** What the command and environment of a container show of the GPU that it needs. */
function needOf(container: Container): string | undefined {
  for (const text of saidBy(container).filter(({ length }) => length < 300)) {
    const precision = PRECISION.exec(text)?.[1];
    if (precision !== undefined && !/=(false|0|no)$/i.test(text)) return `${precision.toLowerCase()} (${text})`;
    const parameters = parametersIn(text);
    if (parameters !== undefined && parameters >= LARGE_MODEL) return `memory for ${parameters}B parameters`;
  }
  return undefined;
}
