import type { Rule, Scope } from '../../rule';
import { closedWorld } from './closed-world';

export const missingRuntime: Rule<Scope.SET> = closedWorld('runtime', {
  name: 'missing-runtime',
  why: 'A model or run whose runtime is not there never starts. https://kserve.github.io/website/docs/concepts/resources/servingruntime',
  fix: 'Add the runtime, correct the name, or declare it external.',
});
