import type { Rule, Scope } from '../../rule';
import { closedWorld } from './closed-world';

export const missingSecret: Rule<Scope.SET> = closedWorld('secret', {
  name: 'missing-secret',
  why: 'A container that takes a value or file from a Secret that is not there never starts. https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data',
  fix: 'Add the Secret or what makes it, correct the name, or declare it external.',
});
