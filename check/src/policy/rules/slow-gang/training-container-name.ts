import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Name of the container that each kind's operator looks for. https://github.com/kubeflow/trainer/tree/release-1.9/pkg/apis/kubeflow.org/v1 */
const NAMES: { readonly [kind: string]: string } = {
  PyTorchJob: 'pytorch',
  TFJob: 'tensorflow',
  XGBoostJob: 'xgboost',
  JAXJob: 'jax',
  PaddleJob: 'paddle',
  MXJob: 'mxnet',
};

export const trainingContainerName: Rule<Scope.POD> = {
  name: 'training-container-name',
  group: Group.SLOW_GANG,
  packs: [Group.PENDING],
  facts: ['ML-DIST-010'],
  scope: Scope.POD,
  why: 'The operator finds the container that trains by its name, and refuses a run without one of that name. https://github.com/kubeflow/trainer/blob/release-1.9/pkg/webhooks/pytorch/pytorchjob_webhook.go',
  fix: 'Name the container as its kind wants it: pytorch, tensorflow, xgboost, jax, paddle or mxnet.',
  check: ({ workload: { resource }, role, containers }) => {
    const wanted = resource.group === 'kubeflow.org' && Object.hasOwn(NAMES, resource.kind) ? NAMES[resource.kind] : '';
    if (wanted === '' || containers.length === 0 || containers.some(({ name }) => name === wanted)) return [];
    const field = containers[0].field.at('name');
    if (field.exists && field.text === undefined) return [];
    return [error(field, `has no container named ${wanted} in ${role.name}.`, `Name the container ${wanted}.`)];
  },
};
