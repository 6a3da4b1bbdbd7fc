import type { Rule, Scope } from '../../rule';
import { closedWorld } from './closed-world';

export const missingResourceClaim: Rule<Scope.SET> = closedWorld('resource-claim', {
  name: 'missing-resource-claim',
  why: 'A pod that names a claim on devices that is not there waits for ever. https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/',
  fix: 'Add the ResourceClaim or its template, correct the name, or declare it external.',
});
