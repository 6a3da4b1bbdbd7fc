import { ARCH_LABEL } from 'cdk8s-ml/floor/kinds/node-labels';
import { modelsFor } from '../../../inventory/gpu-choice';
import type { PodFacts } from '../../../inventory/pod';
import type { Pool } from '../../../inventory/pool';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';
import { isPlaced } from './gpu-pods';

export const arm64Image: Rule<Scope.POD> = {
  name: 'arm64-image',
  group: Group.PENDING,
  facts: ['ML-SCHED-014'],
  scope: Scope.POD,
  why: 'GH200, GB200, GB300 and T4G sit beside an Arm CPU: an image for amd64 alone does not start there, and nodes are often tainted by their architecture. https://cloud.google.com/kubernetes-engine/docs/how-to/prepare-arm-workloads-for-deployment',
  fix: 'Take an image that is built for arm64 as well, and say so: nodeSelector kubernetes.io/arch: arm64.',
  check: (pod, { pools }) => {
    if (pod.deviceCount === 0 || !isPlaced(pod)) return [];
    const model = armModel(pod, pools);
    if (model === undefined) return [];
    const says = pod.nodeDemands.some(({ key }) => key === ARCH_LABEL || key === `beta.${ARCH_LABEL}`);
    if (says || pod.tolerations.some((each) => each.at('key').text === ARCH_LABEL)) return [];
    const image = pod.containers.find(
      (each) => each.image !== undefined && !/arm64|aarch64|sbsa|multi/.test(each.image),
    );
    if (image === undefined) return [];
    return [warning(image.field.at('image'), `runs ${image.image} on ${model}, whose nodes are arm64.`)];
  },
};

/** Values of labels that name a superchip with an Arm CPU, or a family of machines with Graviton. */
const SUPERCHIP = /(^|[^A-Za-z0-9])(GH200|GB200|GB300)([^A-Za-z0-9]|$)/i;
const GRAVITON = /^g5g(\.|$)/;

/** The model of GPU that a pod goes to, when all that it may go to sit beside an Arm CPU. */
function armModel(pod: PodFacts, pools: readonly Pool[] | undefined): string | undefined {
  const models = modelsFor(pod, pools);
  if (models !== undefined) return models.every(({ arm64Host }) => arm64Host) ? models[0].name : undefined;
  const named = pod.nodeDemands.find(
    ({ operator, values }) =>
      operator === 'In' && values.length > 0 && values.every((value) => SUPERCHIP.test(value) || GRAVITON.test(value)),
  );
  return named?.values[0];
}
