import type { Rule, Scope } from '../../rule';
import { closedWorld } from './closed-world';

export const missingRuntimeClass: Rule<Scope.SET> = closedWorld('runtime-class', {
  name: 'missing-runtime-class',
  why: 'Pods of a RuntimeClass that is not there are refused. https://kubernetes.io/docs/concepts/containers/runtime-class/',
  fix: 'Add the RuntimeClass, correct the name, or declare it external.',
});
