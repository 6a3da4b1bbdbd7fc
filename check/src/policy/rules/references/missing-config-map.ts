import type { Rule, Scope } from '../../rule';
import { closedWorld } from './closed-world';

export const missingConfigMap: Rule<Scope.SET> = closedWorld('config-map', {
  name: 'missing-config-map',
  why: 'A container that takes a value or file from a ConfigMap that is not there never starts. https://kubernetes.io/docs/concepts/configuration/configmap/',
  fix: 'Add the ConfigMap, correct the name, or declare it external.',
});
