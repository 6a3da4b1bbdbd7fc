import { show } from 'cdk8s-ml/floor/core/diagnostics';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** https://github.com/kserve/kserve/blob/v0.20.0/pkg/webhook/admission/pod/storage_initializer_injector.go */
const KNOWN = /^(hf|s3|gs|pvc|oci|https?|hdfs|webhdfs|file|\/)|^\w+:\/\/.*$/;

export const unknownStorageScheme: Rule<Scope.OBJECT> = {
  name: 'unknown-storage-scheme',
  group: Group.SERVING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'KServe refuses a location that none of its initializers can read. https://kserve.github.io/website/docs/model-serving/storage/overview',
  fix: 'Write hf://, s3://, gs://, pvc://, oci://, https:// or another scheme of KServe.',
  check: (resource) => {
    if (!resource.is('InferenceService', 'serving.kserve.io')) return [];
    return resource.at('spec', 'predictor').entries.flatMap(([, model]) => {
      const uri = model.at('storageUri');
      if (uri.text === undefined || KNOWN.test(uri.text) || uri.text.includes('{{')) return [];
      return [error(uri, `takes its model from ${show(uri.text)}, whose scheme KServe does not know.`)];
    });
  },
};
