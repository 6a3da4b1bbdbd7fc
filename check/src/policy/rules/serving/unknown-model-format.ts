import { didYouMean } from 'cdk8s-ml/floor/core/nearest';
import { show } from 'cdk8s-ml/floor/core/diagnostics';
import { info, warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** Formats of the runtimes that come with KServe. https://github.com/kserve/kserve/tree/v0.20.0/config/runtimes */
const KNOWN =
  'autogluon huggingface lightgbm mlflow onnx paddle pmml pytorch sklearn tensorflow tensorrt triton vLLM xgboost'.split(
    ' ',
  );

export const unknownModelFormat: Rule<Scope.OBJECT> = {
  name: 'unknown-model-format',
  group: Group.SERVING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'KServe looks for a runtime that supports the format, and makes no pods when there is none. https://kserve.github.io/website/docs/concepts/resources/servingruntime',
  fix: 'Write the format as a runtime has it, or name the runtime.',
  check: (resource, inventory) => {
    if (!resource.is('InferenceService', 'serving.kserve.io')) return [];
    const model = resource.at('spec', 'predictor', 'model');
    const format = model.at('modelFormat', 'name');
    if (format.text === undefined || model.at('runtime').exists || KNOWN.includes(format.text)) return [];
    const runtimes = ['ServingRuntime', 'ClusterServingRuntime'].flatMap((kind) => [
      ...inventory.of('serving.kserve.io', kind),
    ]);
    const offered = runtimes.flatMap((runtime) => runtime.at('spec', 'supportedModelFormats').items);
    if (/[{}$]/.test(format.text) || offered.some((each) => each.at('name').text === format.text)) return [];
    const meant = didYouMean(format.text, KNOWN);
    const message = `has models of the format ${show(format.text)}, which no runtime of KServe supports${meant}.`;
    return [meant === '' ? info(format, message) : warning(format, message)];
  },
};
