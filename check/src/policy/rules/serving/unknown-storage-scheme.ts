import { show } from 'cdk8s-ml/floor/core/diagnostics';
import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

/** https://github.com/kserve/kserve/blob/v0.20.0/pkg/controller/v1beta1/inferenceservice/utils/utils.go */
const KNOWN: ReadonlySet<string> = new Set(
  'gs s3 pvc file https http hdfs webhdfs oci oci+native hf model-registry'.split(' '),
);

export const unknownStorageScheme: Rule<Scope.OBJECT> = {
  name: 'unknown-storage-scheme',
  group: Group.SERVING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'KServe takes no location that none of its initializers can read, and the service never gets ready. https://kserve.github.io/website/docs/model-serving/storage/overview',
  fix: 'Write hf://, s3://, gs://, pvc://, oci://, https:// or another scheme of KServe, or add a ClusterStorageContainer for it.',
  check: (resource, inventory) => {
    if (!resource.is('InferenceService', 'serving.kserve.io')) return [];
    if (inventory.of('serving.kserve.io', 'ClusterStorageContainer').length > 0) return [];
    return resource.at('spec', 'predictor').entries.flatMap(([, model]) => {
      const uri = model.at('storageUri');
      // What has no scheme is a path in the container.
      const scheme = /^([\w+.-]{1,40}):\/\//.exec(uri.text ?? '')?.[1];
      if (scheme === undefined || KNOWN.has(scheme)) return [];
      return [error(uri, `takes its model from ${show(uri.text)}, whose scheme KServe does not know.`)];
    });
  },
};
