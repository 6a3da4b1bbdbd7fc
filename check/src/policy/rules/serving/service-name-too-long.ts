import { error } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const SUFFIX = '-predictor';
const MOST = 63 - SUFFIX.length;

export const serviceNameTooLong: Rule<Scope.OBJECT> = {
  name: 'service-name-too-long',
  group: Group.SERVING,
  facts: [],
  scope: Scope.OBJECT,
  why: 'KServe makes a Service of the name and -predictor, and a Service has no more than 63 characters. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names',
  fix: 'Take a name of at most 53 characters.',
  check: (resource) => {
    if (!resource.is('InferenceService', 'serving.kserve.io') || resource.name.length <= MOST) return [];
    const length = resource.name.length + SUFFIX.length;
    return [error(resource.at('metadata', 'name'), `makes a Service whose name has ${length} characters.`)];
  },
};
