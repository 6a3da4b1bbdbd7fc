import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const modelMesh: Rule<Scope.OBJECT> = {
  name: 'model-mesh',
  group: Group.SERVING,
  facts: ['ML-SERVE-014'],
  scope: Scope.OBJECT,
  why: 'ModelMesh is archived and gets no repairs. https://github.com/kserve/modelmesh-serving',
  fix: 'Take the mode Standard with one InferenceService for each model, or a runtime that holds several.',
  check: (resource) => {
    const mode = resource.at('metadata', 'annotations', 'serving.kserve.io/deploymentMode');
    return resource.group === 'serving.kserve.io' && mode.text === 'ModelMesh'
      ? [error(mode, 'runs on ModelMesh, which is archived.')]
      : [];
  },
};
